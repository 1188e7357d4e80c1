/** The trained weights to a file, and from one. */
import { useState } from 'react';
import { sentenceOf } from '@/lib/errors';
import { Button } from '@/ui/Button';
import { DropZone } from '@/ui/DropZone';
import type { Evaluation } from '../log';
import type { Mode } from '../modes';
import type { TabProps } from './types';
import style from './view.module.css';

interface CheckpointProps extends Pick<TabProps, 'view'> {
  readonly mode: Mode;
  /** The stored step that is looked at; none where that is the newest. */
  readonly then: Evaluation | undefined;
}

export function Checkpoint({ view, mode, then }: CheckpointProps) {
  const { ask, params, t, lang } = view;
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const attempt = async (work: () => Promise<string>): Promise<void> => {
    setFailure(undefined);
    setSaid('');
    try {
      setSaid(await work());
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) setFailure(error);
    }
  };
  const gone = then?.weights.length === 0;
  const save = async (): Promise<string> => {
    const bytes = await ask((session) => session.save(mode, then));
    const name = `${params.task}-${mode}${then ? `-${then.step}` : ''}.safetensors`;
    const url = URL.createObjectURL(new Blob([bytes]));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
    return t({ en: `${name} was saved.`, zh: `已保存 ${name}。` });
  };
  const load = async (file: File): Promise<string> => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    await ask((session, signal) => session.load(bytes, file.name, signal));
    return t({
      en: `All modes go on from the weights of ${file.name}.`,
      zh: `所有模式从 ${file.name} 的权重继续。`,
    });
  };
  return (
    <div className={style.fields}>
      {gone && (
        <p className={style.note}>
          {t({
            en: `The weights of step ${then.step} went with the GPU device that was lost; those of later steps can be saved.`,
            zh: `第 ${then.step} 步的权重已随丢失的 GPU 设备一同丢失；之后各步的权重仍可保存。`,
          })}
        </p>
      )}
      <Button disabled={gone} onClick={() => void attempt(save)}>
        {then
          ? t({ en: `Save the weights of step ${then.step}`, zh: `保存第 ${then.step} 步的权重` })
          : t({ en: 'Save the weights', zh: '保存权重' })}
      </Button>
      <DropZone
        accept=".safetensors"
        label={t({ en: 'Load weights', zh: '载入权重' })}
        onFile={(file) => void attempt(() => load(file))}
      >
        {t({ en: 'Load weights (.safetensors)', zh: '载入权重（.safetensors）' })}
      </DropZone>
      <span role="status" className={style.reading}>
        {said}
      </span>
      {failure !== undefined && <p role="alert">{sentenceOf(failure, lang)}</p>}
    </div>
  );
}
