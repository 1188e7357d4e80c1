/** Says whose weights these are. */
import { Badge } from '@/ui/Badge';
import type { Zoo } from '../networks';
import type { View } from './types';

const words = {
  file: { en: 'weights from your file', zh: '来自你的文件的权重' },
  site: { en: 'weights trained by this site', zh: '本站训练的权重' },
  seed: { en: 'random weights', zh: '随机权重' },
} as const;

export const Origin = ({ from, t }: Pick<View, 't'> & Pick<Zoo, 'from'>) => (
  <Badge tone={from === 'seed' ? 'warn' : 'good'}>{t(words[from])}</Badge>
);
