/** Whether the result on screen was held against the float64 reference, by how much it differs, on how many rows. */
import { Badge } from '@/ui/Badge';
import { count, scientific } from '@/ui/format';
import { CheckIcon, CrossIcon } from '@/ui/icons';
import { useTranslation } from '../i18n';
import { usePageState } from '../run/usePage';

export function Verified() {
  const { t } = useTranslation();
  const checks = usePageState((state) => state.run.checks);
  const worst = checks.toSorted((a, b) => b.relError / b.tolerance - a.relError / a.tolerance)[0];
  if (!worst) return <Badge>{t('verified.waiting')}</Badge>;
  const pass = checks.every((check) => check.pass);
  const detail = checks.map(({ name, relError, tolerance, rowsChecked, rows }) =>
    t('verified.detail', {
      name,
      error: scientific(relError),
      tolerance: scientific(tolerance),
      rows: count(rowsChecked),
      total: count(rows),
    }),
  );
  return (
    <>
      <Badge tone={pass ? 'good' : 'bad'} title={detail.join('\n')}>
        {pass ? <CheckIcon /> : <CrossIcon />}
        {pass ? t('verified') : t('verified.no')}
      </Badge>
      <span>
        {t(worst.tolerance === 0 && worst.relError === 0 ? 'verified.exact' : 'verified.short', {
          error: scientific(worst.relError),
          tolerance: scientific(worst.tolerance),
          rows: count(worst.rowsChecked),
          total: count(worst.rows),
        })}
      </span>
    </>
  );
}
