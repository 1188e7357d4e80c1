/** What the demo shows: the particles on their way, the levels they visit, the error over cost, the design space. */
import { useState, type ComponentType } from 'react';
import type { Text } from '@/lib/text';
import { Tabs } from '@/ui/Tabs';
import { AttentionTab } from './view/AttentionTab';
import { ConvergenceTab } from './view/ConvergenceTab';
import { DataTab } from './view/DataTab';
import { DesignTab } from './view/DesignTab';
import { DigitsTab } from './view/DigitsTab';
import { LevelsTab } from './view/LevelsTab';
import { ParticlesTab } from './view/ParticlesTab';
import { ReadingsTab } from './view/ReadingsTab';
import type { TabProps, View } from './view/types';

interface Tab {
  readonly title: Text;
  readonly Content: ComponentType<TabProps>;
  readonly needsGpu?: boolean;
}

const tabs: Readonly<Record<string, Tab>> = {
  particles: { title: { en: 'Particles', zh: '粒子' }, Content: ParticlesTab },
  design: { title: { en: 'Design space', zh: '设计空间' }, Content: DesignTab },
  levels: { title: { en: 'Levels', zh: '噪声水平' }, Content: LevelsTab },
  convergence: {
    title: { en: 'Error over cost', zh: '误差与代价' },
    Content: ConvergenceTab,
    needsGpu: true,
  },
  readings: { title: { en: 'Four readings', zh: '四种读法' }, Content: ReadingsTab },
  attention: { title: { en: 'Attention', zh: '注意力' }, Content: AttentionTab, needsGpu: true },
  digits: { title: { en: 'Digits', zh: '数字图像' }, Content: DigitsTab, needsGpu: true },
  data: { title: { en: 'Your data', zh: '自己的数据' }, Content: DataTab },
};

export default function EdmView(view: View) {
  const [asked, setAsked] = useState('particles');
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
