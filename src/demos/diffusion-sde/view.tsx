/** What the demo shows: particles and their density through time, the laws that the runs share, the likelihood. */
import { useState, type ComponentType } from 'react';
import type { Text } from '@/lib/text';
import { Tabs } from '@/ui/Tabs';
import { DensityTab } from './view/DensityTab';
import { LawsTab } from './view/LawsTab';
import { LikelihoodTab } from './view/LikelihoodTab';
import { ParticlesTab } from './view/ParticlesTab';
import type { Moment, TabProps, View } from './view/types';

interface Tab {
  readonly title: Text;
  readonly Content: ComponentType<TabProps>;
}

const tabs: Readonly<Record<string, Tab>> = {
  particles: { title: { en: 'Particles', zh: '粒子' }, Content: ParticlesTab },
  density: { title: { en: 'Density over time', zh: '密度随时间' }, Content: DensityTab },
  laws: { title: { en: 'Same marginals, other paths', zh: '边缘相同，路径不同' }, Content: LawsTab },
  likelihood: { title: { en: 'Likelihood', zh: '似然' }, Content: LikelihoodTab },
};

export default function SdeView(view: View) {
  const [tab, setTab] = useState('particles');
  // As a share of the levels, so that it stays where it was when their number changes.
  const [{ share, toNoise }, setMoment] = useState({ share: 0.2, toNoise: true });
  const last = (view.session?.ran?.programs.forward.length ?? 1) - 1;
  const moment: Moment = {
    level: Math.round(share * last),
    toNoise,
    set: ({ level, toNoise: way }) =>
      setMoment((old) => ({
        share: level === undefined ? old.share : level / Math.max(1, last),
        toNoise: way ?? old.toNoise,
      })),
  };
  const { Content } = tabs[tab]!;
  return (
    <Tabs
      label={view.t({ en: 'What is shown', zh: '显示内容' })}
      tabs={Object.entries(tabs).map(([id, { title }]) => ({ id, title: view.t(title) }))}
      at={tab}
      onPick={setTab}
    >
      <Content view={view} moment={moment} />
    </Tabs>
  );
}
