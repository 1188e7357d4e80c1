/** Numbers typed or pasted in, or a file dropped: both become the demo's file. */
import { useId, useState } from 'react';
import { Button } from '@/ui/Button';
import { useLab } from '@/ui/context';
import { DropZone } from '@/ui/DropZone';
import type { View } from './types';
import style from './view.module.css';

export function OwnNumbers({ view }: { readonly view: View }) {
  const { t } = view;
  const { openFile } = useLab();
  const id = useId();
  const [text, setText] = useState('');
  return (
    <details className={style.own}>
      <summary>{t({ en: 'Use your own numbers or image', zh: '使用自己的数据或图像' })}</summary>
      <div className={style.paste}>
        <label htmlFor={id} className={style.note}>
          {t({
            en: 'Numbers apart by commas, blanks or lines; for an image one line a row.',
            zh: '数字之间用逗号、空格或换行分隔；作为图像时每行文本对应一行。',
          })}
        </label>
        <textarea
          id={id}
          value={text}
          spellCheck={false}
          placeholder="1, 3, -1, -3, 5, 3, 6, 7"
          onChange={({ target }) => setText(target.value)}
        />
        <Button
          disabled={text.trim() === ''}
          onClick={() => openFile('data', new File([text], 'pasted.csv', { type: 'text/csv' }))}
        >
          {t({ en: 'Use these numbers', zh: '使用这些数字' })}
        </Button>
        <DropZone
          accept=".csv,.txt,.tsv,image/*"
          label={t({ en: 'Open numbers or an image', zh: '打开数据或图像' })}
          onFile={(file) => openFile('data', file)}
        >
          {t({ en: 'or drop a CSV file or an image here', zh: '或把 CSV 文件、图像拖到这里' })}
        </DropZone>
      </div>
    </details>
  );
}
