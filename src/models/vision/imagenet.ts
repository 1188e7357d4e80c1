/**
 * ImageNet-1k (ILSVRC 2012): what checkpoints for it name by index, the first words of each WordNet synset in the order
 * of their ids, and how such networks take images. Import it lazily: it is the longest list in the house.
 */
import names from './imagenet.json';

/** A thousand, all different. */
export const classNames: readonly string[] = names;

/** Of red, green and blue in [0, 1], over the training images: what checkpoints were trained with. */
export const mean = [0.485, 0.456, 0.406] as const;
export const std = [0.229, 0.224, 0.225] as const;
