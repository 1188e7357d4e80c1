/** What the demo shows: operators compared, live filters, feature maps, and networks block by block. */
import type { ComponentType } from 'react';
import type { Text } from '@/lib/text';
import { Tabs } from '@/ui/Tabs';
import type { Show } from './params';
import { BlocksTab } from './view/BlocksTab';
import { FeaturesTab } from './view/FeaturesTab';
import { FiltersTab } from './view/FiltersTab';
import { OperatorsTab } from './view/OperatorsTab';
import type { TabProps, View } from './view/types';

interface Tab {
  readonly title: Text;
  readonly Content: ComponentType<TabProps>;
}

const tabs: Readonly<Record<Show, Tab>> = {
  operators: { title: { en: 'Operators', zh: '算子对比' }, Content: OperatorsTab },
  filters: { title: { en: 'Live filters', zh: '实时滤波' }, Content: FiltersTab },
  features: { title: { en: 'Feature maps', zh: '特征图' }, Content: FeaturesTab },
  blocks: { title: { en: 'Block by block', zh: '逐块对比' }, Content: BlocksTab },
};

export default function DepthwiseConvView(view: View) {
  const { params, set, t } = view;
  const { Content } = tabs[params.show];
  return (
    <Tabs
      label={t({ en: 'What is shown', zh: '显示内容' })}
      tabs={Object.entries(tabs).map(([id, { title }]) => ({ id, title: t(title) }))}
      at={params.show}
      onPick={(show) => set({ show: show as Show })}
    >
      <Content view={view} />
    </Tabs>
  );
}
