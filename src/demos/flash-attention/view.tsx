/** What the demo shows: the tile walk over the pattern, the pattern itself, an image's patches, traffic, reach. */
import { useState, type ComponentType } from 'react';
import type { Text } from '@/lib/text';
import { Tabs } from '@/ui/Tabs';
import { shapeOf } from './inputs';
import { patchAt } from './patches';
import { HowFarTab } from './view/HowFarTab';
import { PatternTab } from './view/PatternTab';
import { PictureTab } from './view/PictureTab';
import type { Picked, TabProps, View } from './view/tab';
import { TrafficTab } from './view/TrafficTab';
import { WalkTab } from './view/WalkTab';

interface Tab {
  readonly title: Text;
  readonly Content: ComponentType<TabProps>;
  readonly needsGpu?: boolean;
}

const tabs: Readonly<Record<string, Tab>> = {
  walk: { title: { en: 'Tile walk', zh: '逐块行走' }, Content: WalkTab, needsGpu: true },
  pattern: { title: { en: 'Pattern', zh: '注意力图' }, Content: PatternTab },
  picture: { title: { en: 'Picture', zh: '图像' }, Content: PictureTab },
  traffic: { title: { en: 'Memory traffic', zh: '内存流量' }, Content: TrafficTab, needsGpu: true },
  reach: { title: { en: 'How far', zh: '能走多远' }, Content: HowFarTab, needsGpu: true },
};

export default function FlashAttentionView(view: View) {
  const { params, session, cpuOnly, t } = view;
  const [picked, setPicked] = useState<Partial<Picked>>({});
  const [chosen, setChosen] = useState({
    tab: params.input === 'image' ? 'picture' : 'walk',
    input: params.input,
  });
  // An image that was just chosen is what one wants to see.
  const turned = chosen.input !== params.input;
  const asked = turned && params.input === 'image' ? 'picture' : chosen.tab;
  if (turned) setChosen({ tab: asked, input: params.input });
  const offered = Object.entries(tabs).filter(([, { needsGpu }]) => !(needsGpu && cpuOnly));
  const [tab, { Content }] = offered.find(([id]) => id === asked) ?? offered[0]!;

  const { B, H, S } = session?.shape ?? shapeOf(params);
  const side = session?.picture?.side;
  // On the drawn picture, a sheep.
  const first = side ? patchAt({ x: 0.62, y: 0.765 }, side) : Math.floor(0.3 * S);
  const inside: Picked = {
    head: Math.min(picked.head ?? 0, B * H - 1),
    row: Math.min(picked.row ?? first, S - 1),
  };
  return (
    <Tabs
      label={t({ en: 'What is shown', zh: '显示内容' })}
      tabs={offered.map(([id, { title }]) => ({ id, title: t(title) }))}
      at={tab}
      onPick={(id) => setChosen({ tab: id, input: params.input })}
    >
      <Content view={view} picked={inside} pick={(patch) => setPicked({ ...picked, ...patch })} />
    </Tabs>
  );
}
