/** What the demo shows: the deque step by step, van Herk's blocks, the whole result. */
import { useEffect, useRef, useState, type ComponentType } from 'react';
import type { Text } from '@/lib/text';
import { Tabs } from '@/ui/Tabs';
import type { Params } from './params';
import { BlocksTab } from './view/BlocksTab';
import { DequeTab } from './view/DequeTab';
import { OwnNumbers } from './view/OwnNumbers';
import { ResultTab } from './view/ResultTab';
import type { TabProps, View } from './view/types';
import style from './view/view.module.css';

const tabs: Readonly<Record<string, { readonly title: Text; readonly Content: ComponentType<TabProps> }>> = {
  deque: { title: { en: 'The deque', zh: '单调队列' }, Content: DequeTab },
  blocks: { title: { en: 'The blocks', zh: '分块' }, Content: BlocksTab },
  result: { title: { en: 'Result', zh: '结果' }, Content: ResultTab },
};

export default function SlidingWindowView(view: View) {
  const { params, set, t } = view;
  const [place, setPlace] = useState(0);
  const [chosen, setChosen] = useState({ tab: tabFor(params), for: tabFor(params) });
  // An image, or a window that can't be drawn step by step, is best seen whole.
  const best = tabFor(params);
  const tab = chosen.for === best ? chosen.tab : best;
  if (chosen.for !== best) setChosen({ tab: best, for: best });

  // A file that was just opened is what one wants to see; one that a link brought stands as the link says.
  const known = useRef(params.data?.sha256);
  useEffect(() => {
    if (known.current === params.data?.sha256) return;
    known.current = params.data?.sha256;
    if (params.data) set({ source: 'file' });
  }, [params.data, set]);

  const Content = tabs[tab]?.Content ?? DequeTab;
  return (
    <div className={style.stack}>
      <Tabs
        label={t({ en: 'What is shown', zh: '显示内容' })}
        tabs={Object.entries(tabs).map(([id, { title }]) => ({ id, title: t(title) }))}
        at={tab}
        onPick={(id) => setChosen({ tab: id, for: best })}
      >
        <Content view={view} place={place} move={setPlace} />
      </Tabs>
      <OwnNumbers view={view} />
    </div>
  );
}

const tabFor = ({ shape, k }: Params): string => (shape === '2d' || k > 24 ? 'result' : 'deque');
