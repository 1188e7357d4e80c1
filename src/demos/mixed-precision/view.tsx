/** What the demo shows: curves while it trains, gradients against the format, the loss scale, samples, memory. */
import { useEffect, useRef, useState, type ComponentType } from 'react';
import type { Text } from '@/lib/text';
import { Tabs } from '@/ui/Tabs';
import { FormatsTab } from './view/FormatsTab';
import { GradientsTab } from './view/GradientsTab';
import { LossScaleTab } from './view/LossScaleTab';
import { MemoryTab } from './view/MemoryTab';
import { SamplesTab } from './view/SamplesTab';
import { TrainingTab } from './view/TrainingTab';
import type { TabProps, View } from './view/types';
import { useStateOf } from './view/useStateOf';
import { useVersion } from '@/ui/useVersion';
import { Waiting } from '@/ui/Waiting';

interface Tab {
  readonly title: Text;
  readonly Content: ComponentType<TabProps>;
  readonly needsGpu?: boolean;
}

const tabs: Readonly<Record<string, Tab>> = {
  training: { title: { en: 'Training', zh: '训练' }, Content: TrainingTab },
  gradients: { title: { en: 'Gradients', zh: '梯度' }, Content: GradientsTab, needsGpu: true },
  scale: { title: { en: 'Loss scale', zh: '损失缩放' }, Content: LossScaleTab, needsGpu: true },
  samples: { title: { en: 'Samples', zh: '样本' }, Content: SamplesTab },
  memory: { title: { en: 'Memory and time', zh: '内存与耗时' }, Content: MemoryTab, needsGpu: true },
};

export default function MixedPrecisionView(view: View) {
  const { session, playback, cpuOnly, t } = view;
  const [chosen, setTab] = useState('training');
  const offered = Object.entries(tabs).filter(([, { needsGpu }]) => !(needsGpu && cpuOnly));
  const tab = chosen === 'formats' || offered.some(([id]) => id === chosen) ? chosen : 'training';
  const [at, setAt] = useStateOf<number | undefined>(session, undefined);
  useVersion(session);

  // Training begins by itself, at first and after parameters moved at its end: empty curves would show nothing. What
  // was paused stays so.
  const ended = useRef(true);
  useEffect(() => {
    if (!session || !playback || playback.playing) return;
    if (playback.step >= view.params.steps || session.ended === true) ended.current = true;
    else if (ended.current && playback.step === 0) {
      ended.current = false;
      playback.play();
    }
  }, [session, playback, view.params.steps]);

  const Content = tabs[tab]?.Content ?? TrainingTab;
  return (
    <Tabs
      label={t({ en: 'What is shown', zh: '显示内容' })}
      tabs={[
        ...offered.map(([id, { title }]) => ({ id, title: t(title) })),
        { id: 'formats', title: t({ en: 'Formats', zh: '数值格式' }) },
      ]}
      at={tab}
      onPick={setTab}
    >
      {tab === 'formats' ? (
        <FormatsTab view={view} />
      ) : session ? (
        <Content view={view} session={session} at={at} moveTo={(step) => setAt(() => step)} />
      ) : (
        <Waiting height="16rem" />
      )}
    </Tabs>
  );
}
