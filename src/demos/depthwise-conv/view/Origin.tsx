/** Says whose weights these are. */
import { Badge } from '@/ui/Badge';
import type { View } from './types';

export const Origin = ({ made, t }: Pick<View, 't'> & { readonly made: boolean }) =>
  made ? (
    <Badge tone="warn">{t({ en: 'random weights', zh: '随机权重' })}</Badge>
  ) : (
    <Badge tone="good">{t({ en: 'weights from your file', zh: '来自你的文件的权重' })}</Badge>
  );
