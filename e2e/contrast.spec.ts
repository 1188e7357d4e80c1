/** A view's numbers can be read, in light and dark, at settings small enough that all of them are shown. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { open, verified } from './lab';

for (const theme of ['light', 'dark']) {
  test(`the textbook’s samples and their numbers have contrast: ${theme}`, async ({ page }) => {
    await open(page, 'sliding-window-max', `source=textbook&theme=${theme}`);
    await verified(page);
    const view = new AxeBuilder({ page }).include('[data-part=view]').withRules(['color-contrast']);
    for (const name of ['The deque', 'The blocks']) {
      await page.getByRole('tab', { name }).click();
      await expect(page.getByRole('tabpanel').getByText('−3', { exact: true }).first()).toBeVisible();
      const { violations } = await view.analyze();
      expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
    }
  });
}
