/** `lab model`: one forward pass of a network with the weights of a checkpoint. */
import { download, write } from '@/gpu/transfer';
import { LabError } from '@/lib/errors';
import { readSafetensors, writeSafetensors } from '@/lib/safetensors';
import { convert, isFloat, type HostTensor } from '@/lib/tensor';
import { bytesText } from '@/lib/units';
import { loadNetwork } from '@/models/vision/checkpoint';
import { prepare } from '@/models/vision/inference';
import { modelNamed, models, type Model } from '@/models/vision/models';
import { totals, trace } from '@/models/vision/trace';
import { parseFixed, usage, type Words } from '../args';
import { readBytes, writeBytes } from '../files';
import type { Command } from '../laboratory';
import { adapterText } from '../reportText';

const kinds = { weights: 'value', in: 'value', out: 'value', json: 'flag' } as const;

export const model: Command = {
  summary: 'one forward pass of a network on images of your own (safetensors)',
  usage: '<name> --weights w.safetensors --in x.safetensors --out y.safetensors [--json]',
  details: `  --weights <path>  a checkpoint with timm's or torchvision's names, any number of classes
  --in <path>       images x [N, H, W, 3], already normalised
  --out <path>      logits y [N, classes]
  Networks: ${models.map(({ name }) => name).join(', ')}.`,
  async run(lab, argv) {
    const words = parseFixed('model', argv, kinds, 1);
    const named = known(words.positionals[0]);
    const paths = { weights: needed(words, 'weights'), in: needed(words, 'in'), out: needed(words, 'out') };
    const loaded = loadNetwork(named, await readBytes(paths.weights), paths.weights);
    const images = imagesOf(readSafetensors(await readBytes(paths.in), paths.in));
    const [N, H, W] = images.shape as [number, number, number];
    const device = await lab.device();
    const scope = device.root.child(named.name);
    try {
      const { x, logits, program, activations } = await prepare(device, scope, loaded, [N, H, W]);
      write(device, x, images);
      const started = performance.now();
      await program.run(lab.signal);
      const y = await download(device, logits);
      const timeMs = performance.now() - started;
      await writeBytes(paths.out, writeSafetensors([['y', y]]));
      const environment = await lab.environment();
      const document = {
        schema: 'tilewise.model/1',
        model: named.name,
        names: loaded.origin.name,
        inputs: { x: specOf(images) },
        outputs: { y: specOf(y) },
        ...totals(trace(loaded.network, H, W)),
        activationBytes: activations.shared,
        activationBytesApart: activations.apart,
        // The first run: pipelines that a driver compiles late are in it.
        timeMs,
        environment,
      };
      const { parameters, macs } = document;
      const text = `${named.name} (${loaded.origin.name}'s names) on ${adapterText(environment)}
parameters        ${parameters.toLocaleString('en')}
multiply-adds     ${(macs / 1e6).toPrecision(4)} million an image of ${H} × ${W}
activations       ${bytesText(activations.shared)} at the peak, ${bytesText(activations.apart)} without reuse
first run         ${timeMs.toPrecision(3)} ms
y                 [${y.shape.join(', ')}]`;
      lab.output.print(lab.output.json ? JSON.stringify(document) : text);
      return 0;
    } finally {
      scope.close();
    }
  },
};

function known(name: string | undefined): Model {
  const found = name === undefined ? undefined : modelNamed(name);
  if (found) return found;
  const allowed = models.map((m) => m.name).join(', ');
  throw usage(
    name === undefined
      ? `lab model needs a network; there are: ${allowed}`
      : `there is no model "${name}"; there are: ${allowed}`,
  );
}

function needed(words: Words, option: 'weights' | 'in' | 'out'): string {
  const path = words.options.get(option);
  if (path === undefined) throw usage(`lab model needs --${option} with the path of a safetensors file`);
  return path;
}

/** x [N, H, W, 3] in f32. */
function imagesOf(given: ReadonlyMap<string, HostTensor>): HostTensor {
  const allowed = 'x [N, H, W, 3]';
  for (const name of given.keys()) if (name !== 'x') throw new LabError('input.unknown', { name, allowed });
  const x = given.get('x');
  if (!x) throw new LabError('input.missing', { name: 'x', allowed });
  if (!isFloat(x.dtype)) throw new LabError('input.dtype', { name: 'x', got: x.dtype, allowed: 'f32, f16' });
  if (x.shape.length !== 4 || x.shape[3] !== 3 || x.shape.includes(0))
    throw new LabError('input.shape', { name: 'x', got: x.shape.join(', '), allowed: '[N, H, W, 3]' });
  return convert(x, 'f32');
}

const specOf = ({ dtype, shape }: HostTensor) => ({ dtype, shape });
