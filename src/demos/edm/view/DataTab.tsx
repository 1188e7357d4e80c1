/** The distribution: by name, drawn by hand, or out of the reader's file; beside it, what the sampler makes of it. */
import { useState } from 'react';
import { Button } from '@/ui/Button';
import { useLab } from '@/ui/context';
import { DrawDensity } from '@/ui/DrawDensity';
import { DropZone } from '@/ui/DropZone';
import { Waiting } from '@/ui/Waiting';
import { drawingBytes, type Drawing } from '@/methods/diffusion/drawing';
import { mixtureLabels, ownFile, type MixtureName } from '@/methods/diffusion/names';
import { Samples } from './Samples';
import type { TabProps } from './types';
import style from './view.module.css';

export function DataTab({ view }: TabProps) {
  const { t, params, set, session } = view;
  const { openFile } = useLab();
  // Known with the first session; from then on the drawing is the control's own.
  const [first, setFirst] = useState<Drawing>();
  if (first === undefined && session) setFirst(session.drawing ?? []);
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
            label={t({ en: 'Draw a distribution', zh: '手绘分布' })}
            onDraw={(strokes) => openFile('mixture', new File([drawingBytes(strokes)], 'drawing.txt'))}
          />
        ) : (
          <Waiting aspect={1} width="38rem" />
        )}
        <Samples view={view} />
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
