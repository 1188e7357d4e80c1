/**
 * ImageNet-1k (ILSVRC 2012): what checkpoints for it name by index, the first words of each WordNet synset in the order
 * of their ids, and how such networks take images. Import it lazily: it is the longest list in the house.
 */
import names from './imagenet.json';

/** A thousand, all different. */
export const classNames: readonly string[] = names;

/** What checkpoints for it were trained with. */
export { mean, std } from '@/lib/colours';
