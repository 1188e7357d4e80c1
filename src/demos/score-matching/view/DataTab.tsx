/** The density: by name, drawn by hand, or out of the reader's file; beside it, where annealed Langevin ends. */
import { useState } from 'react';
import { drawingBytes, type Drawing } from '@/methods/diffusion/drawing';
import { mixtureLabels, ownFile, type MixtureName } from '@/methods/diffusion/names';
import { Button } from '@/ui/Button';
import { useLab } from '@/ui/context';
import { DrawDensity } from '@/ui/DrawDensity';
import { DropZone } from '@/ui/DropZone';
import { Waiting } from '@/ui/Waiting';
import { Picture } from './Picture';
import type { TabProps } from './types';
import style from './view.module.css';

export function DataTab({ view }: TabProps) {
  const { t, params, set, session } = view;
  const { openFile } = useLab();
  // Known with the first session; from then on the drawing is the control's own.
  const [first, setFirst] = useState<Drawing>();
  if (first === undefined && session) setFirst(session.drawing ?? []);
  const label = t({ en: 'Where annealed Langevin ends', zh: '退火 Langevin 的终点' });
  return (
    <div className={style.stack}>
      <div className={style.names}>
        {(Object.keys(mixtureLabels) as MixtureName[]).map((name) => (
          <Button
            key={name}
            aria-pressed={params.mixture === null && params.data === name}
            onClick={() => set({ data: name, mixture: null })}
          >
            {t(mixtureLabels[name])}
          </Button>
        ))}
      </div>
      <div className={style.pair}>
        {first ? (
          <DrawDensity
            strokes={first}
            label={t({ en: 'Draw a density', zh: '手绘密度' })}
            onDraw={(strokes) => openFile('mixture', new File([drawingBytes(strokes)], 'drawing.txt'))}
          />
        ) : (
          <Waiting aspect={1} />
        )}
        <figure className={style.panel}>
          {session?.shown ? (
            <Picture
              view={view}
              session={session}
              kind="annealed"
              frame={session.shown.runs.annealed.program.length - 1}
              label={label}
            />
          ) : (
            <Waiting aspect={1} />
          )}
          <figcaption className={style.note}>{label}</figcaption>
        </figure>
      </div>
      <DropZone accept={ownFile.accept} label={t(ownFile.label)} onFile={(file) => openFile('mixture', file)}>
        {t({
          en: 'or drop points as CSV, an image, or a mixture as safetensors here',
          zh: '或把点集 CSV、图像或混合分布的 safetensors 文件拖到这里',
        })}
      </DropZone>
      <p className={style.note}>{t(ownFile.help)}</p>
    </div>
  );
}
