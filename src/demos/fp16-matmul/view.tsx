/** What the demo shows: the ways to sum side by side, the error of every element, the error over K, the roofline. */
import { useState, type ComponentType } from 'react';
import type { Text } from '@/lib/text';
import { Tabs } from '@/ui/Tabs';
import { MapTab } from './view/MapTab';
import { OverKTab } from './view/OverKTab';
import { RooflineTab } from './view/RooflineTab';
import { SumsTab } from './view/SumsTab';
import type { TabProps, View } from './view/types';

interface Tab {
  readonly title: Text;
  readonly Content: ComponentType<TabProps>;
  readonly needsGpu?: boolean;
}

const tabs: Readonly<Record<string, Tab>> = {
  sums: { title: { en: 'Ways to sum', zh: '累加方式' }, Content: SumsTab },
  map: { title: { en: 'Error of C', zh: 'C 的误差' }, Content: MapTab },
  growth: { title: { en: 'Error over K', zh: '误差随 K 变化' }, Content: OverKTab },
  roofline: { title: { en: 'Roofline', zh: '屋顶线' }, Content: RooflineTab, needsGpu: true },
};

export default function Fp16MatmulView(view: View) {
  const { cpuOnly, t } = view;
  const [asked, setAsked] = useState('sums');
  const offered = Object.entries(tabs).filter(([, { needsGpu }]) => !(needsGpu && cpuOnly));
  const [tab, { Content }] = offered.find(([id]) => id === asked) ?? offered[0]!;
  return (
    <Tabs
      label={t({ en: 'What is shown', zh: '显示内容' })}
      tabs={offered.map(([id, { title }]) => ({ id, title: t(title) }))}
      at={tab}
      onPick={setAsked}
    >
      <Content view={view} />
    </Tabs>
  );
}
