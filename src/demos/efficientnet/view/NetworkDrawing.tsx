/** A network as its blocks: one after the other as deep, as high as its image, as wide as its channels. */
import { blocksOf } from '@/models/vision/description';
import type { Network } from '@/models/vision/description';
import { trace } from '@/models/vision/trace';
import style from './view.module.css';

interface NetworkDrawingProps {
  readonly label: string;
  readonly network: Network;
  readonly side: number;
  /** Pixels and summed width of the largest that is drawn beside it. */
  readonly scale: { readonly side: number; readonly width: number };
}

const [WIDTH, HEIGHT, GAP] = [640, 112, 1];

/** Of a block's bar: the root, or the head would be all that is seen. */
const thickness = (channels: number): number => Math.sqrt(channels);

interface Bar {
  /** Summed thickness of those before it. */
  readonly at: number;
  readonly name: string;
  readonly stage: string;
  readonly side: number;
  readonly channels: number;
}

function barsOf(network: Network, side: number): Bar[] {
  const traced = trace(network, side);
  let at = 0;
  return blocksOf(network)
    .filter(({ kind }) => kind !== 'head')
    .map((block) => {
      const bar = {
        ...{ at, name: block.name, stage: block.name.split('.')[0]!, channels: block.outputs },
        side: traced.filter((layer) => layer.block === block).at(-1)!.output[0],
      };
      at += thickness(block.outputs) + GAP;
      return bar;
    });
}

export const widthOf = (network: Network): number =>
  blocksOf(network)
    .filter(({ kind }) => kind !== 'head')
    .reduce((sum, { outputs }) => sum + thickness(outputs) + GAP, 0);

export function NetworkDrawing({ label, network, side, scale }: NetworkDrawingProps) {
  const bars = barsOf(network, side);
  const across = WIDTH / scale.width;
  const up = HEIGHT / (scale.side / 2);
  return (
    <svg className={style.drawing} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {bars.map(({ at, name, stage, side: pixels, channels }) => {
        const height = Math.max(1.5, pixels * up);
        return (
          <rect
            key={name}
            className={Number(stage) % 2 === 0 ? style.even : style.odd}
            x={at * across}
            y={(HEIGHT - height) / 2}
            width={thickness(channels) * across}
            height={height}
          >
            <title>{`${name}: ${pixels} × ${pixels} × ${channels}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
