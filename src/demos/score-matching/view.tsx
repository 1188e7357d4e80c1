/** What the demo shows: both chains side by side, the field that is learnt, the density. */
import { useEffect, useRef, useState, type ComponentType } from 'react';
import type { Text } from '@/lib/text';
import { Tabs } from '@/ui/Tabs';
import { useVersion } from '@/ui/useVersion';
import { DataTab } from './view/DataTab';
import { FieldTab } from './view/FieldTab';
import { LadderTab } from './view/LadderTab';
import { LangevinTab } from './view/LangevinTab';
import type { TabProps, View } from './view/types';

interface Tab {
  readonly title: Text;
  readonly Content: ComponentType<TabProps>;
}

const tabs: Readonly<Record<string, Tab>> = {
  langevin: { title: { en: 'Langevin', zh: 'Langevin' }, Content: LangevinTab },
  field: { title: { en: 'Learned field', zh: '学到的场' }, Content: FieldTab },
  ladder: { title: { en: 'Noise ladder', zh: '噪声阶梯' }, Content: LadderTab },
  data: { title: { en: 'Your density', zh: '自己的密度' }, Content: DataTab },
};

export default function ScoreMatchingView(view: View) {
  const { session, playback, params, t } = view;
  const [asked, setAsked] = useState('langevin');
  useVersion(session);

  // Training begins by itself, at first and after parameters moved at its end; what was paused stays so.
  const ended = useRef(true);
  useEffect(() => {
    if (!session || !playback || playback.playing) return;
    if (playback.step >= params.steps || session.ended) ended.current = true;
    else if (ended.current && playback.step === 0) {
      ended.current = false;
      playback.play();
    }
  }, [session, playback, params.steps]);

  const { Content } = tabs[asked] ?? tabs.langevin!;
  return (
    <Tabs
      label={t({ en: 'What is shown', zh: '显示内容' })}
      tabs={Object.entries(tabs).map(([id, { title }]) => ({ id, title: t(title) }))}
      at={asked}
      onPick={setAsked}
    >
      <Content view={view} />
    </Tabs>
  );
}
