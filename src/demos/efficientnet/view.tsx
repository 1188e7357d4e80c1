/** What the demo shows: the scaled network, the published family measured here, one dimension against all. */
import { useState, type ComponentType } from 'react';
import type { Text } from '@/lib/text';
import { Tabs } from '@/ui/Tabs';
import { FamilyTab } from './view/FamilyTab';
import { ClassifyTab } from './view/ClassifyTab';
import { DimensionTab } from './view/DimensionTab';
import { GridTab } from './view/GridTab';
import { ProfileTab } from './view/ProfileTab';
import { ScalingTab } from './view/ScalingTab';
import type { TabProps, View } from './view/types';

interface Tab {
  readonly title: Text;
  readonly Content: ComponentType<TabProps>;
  readonly needsGpu?: boolean;
}

const tabs: Readonly<Record<string, Tab>> = {
  scaling: { title: { en: 'Scaling', zh: '缩放' }, Content: ScalingTab },
  family: { title: { en: 'B0 to B7', zh: 'B0 到 B7' }, Content: FamilyTab },
  dimensions: { title: { en: 'One or all', zh: '单维与三维' }, Content: DimensionTab },
  profile: { title: { en: 'Layers', zh: '逐层剖析' }, Content: ProfileTab, needsGpu: true },
  grid: { title: { en: 'Accuracy', zh: '正确率' }, Content: GridTab },
  classify: { title: { en: 'Classify', zh: '分类' }, Content: ClassifyTab, needsGpu: true },
};

export default function EfficientNetView(view: View) {
  const [asked, setAsked] = useState('scaling');
  const offered = Object.entries(tabs).filter(([, { needsGpu }]) => !(needsGpu && view.cpuOnly));
  const [tab, { Content }] = offered.find(([id]) => id === asked) ?? offered[0]!;
  return (
    <Tabs
      label={view.t({ en: 'What is shown', zh: '显示内容' })}
      tabs={offered.map(([id, { title }]) => ({ id, title: view.t(title) }))}
      at={tab}
      onPick={setAsked}
    >
      <Content view={view} />
    </Tabs>
  );
}
