/** Time and memory over N: the naive kernels, flash, and the CPU; forward, backward and decoding; f32 and f16. */
import type { ChartDecl, SeriesDecl } from '@/lab/demo';

const n = (values: readonly number[]): ChartDecl['x'] => ({
  param: 'n',
  values,
  label: { en: 'sequence length N', zh: '序列长度 N' },
  scale: 'log',
});
const time: ChartDecl['y'] = { field: 'timeMs', label: { en: 'time', zh: '时间' }, scale: 'log' };

const naive = (name: string): SeriesDecl => ({
  role: 'naive',
  label: { en: 'naive, GPU', zh: '朴素（GPU）' },
  name,
  variant: 'naive',
  device: 'gpu',
});
const tiled = (name: string): SeriesDecl => ({
  role: 'fused',
  label: { en: 'flash, workgroup tiles', zh: 'Flash，工作组分块' },
  name,
  variant: 'tiled',
  device: 'gpu',
});
const register = (name: string): SeriesDecl => ({
  role: 'alternative',
  label: { en: 'flash, registers', zh: 'Flash，寄存器' },
  name,
  variant: 'register',
  device: 'gpu',
});
const quad = (name: string): SeriesDecl => ({
  role: 'alternative',
  label: { en: 'flash, registers and quads', zh: 'Flash，寄存器＋四通道组' },
  name,
  variant: 'quad',
  device: 'gpu',
});
const oneCore = (name: string): SeriesDecl => ({
  role: 'cpu',
  label: { en: 'CPU, one core', zh: 'CPU 单核' },
  name,
  variant: 'one-core',
  device: 'cpu',
});
const allCores = (name: string): SeriesDecl => ({
  role: 'cpu-all',
  label: { en: 'CPU, all cores', zh: 'CPU 全部核心' },
  name,
  variant: 'all-cores',
  device: 'cpu',
});
const wasm = (name: string): SeriesDecl => ({
  role: 'wasm',
  label: { en: 'CPU, WASM library', zh: 'CPU，WASM 库' },
  name,
  variant: 'wasm',
  device: 'cpu',
});

const called = (series: SeriesDecl, en: string, zh: string, dtype?: string): SeriesDecl => ({
  ...series,
  label: { en, zh },
  ...(dtype === undefined ? {} : { dtype }),
});

const forward = 'attention.forward';
const backward = 'attention.backward';
const decode = 'attention.decode';

export const charts: readonly ChartDecl[] = [
  {
    id: 'forward',
    title: {
      en: 'Forward: time of naive, flash and the CPU over N',
      zh: '前向：朴素、Flash 与 CPU 的耗时随 N 的变化',
    },
    x: n([128, 256, 512, 1024, 2048]),
    y: time,
    series: [
      naive(forward),
      tiled(forward),
      register(forward),
      quad(forward),
      oneCore(forward),
      allCores(forward),
      wasm(forward),
    ],
  },
  {
    id: 'backward',
    title: {
      en: 'Backward: time of naive, flash and the CPU over N',
      zh: '反向：朴素、Flash 与 CPU 的耗时随 N 的变化',
    },
    x: n([128, 256, 512, 1024]),
    y: time,
    series: [naive(backward), tiled(backward), register(backward), oneCore(backward)],
  },
  {
    id: 'memory',
    title: {
      en: 'Peak memory: the N×N matrix against O(N)',
      zh: '内存峰值：N×N 矩阵对比 O(N)',
    },
    x: n([256, 512, 1024, 2048, 4096]),
    y: { field: 'peakBytes', label: { en: 'peak memory', zh: '内存峰值' }, scale: 'log' },
    series: [
      called(naive(forward), 'naive, forward', '朴素，前向'),
      called(register(forward), 'flash, forward', 'Flash，前向'),
      called(naive(backward), 'naive, backward', '朴素，反向'),
      called(register(backward), 'flash, backward', 'Flash，反向'),
    ],
  },
  {
    id: 'storage',
    title: { en: 'Forward: f32 against f16 storage', zh: '前向：f32 与 f16 存储的对比' },
    x: n([256, 512, 1024, 2048]),
    y: time,
    series: [
      called(naive(forward), 'naive, f32', '朴素，f32', 'f32'),
      called(naive(forward), 'naive, f16', '朴素，f16', 'f16'),
      called(register(forward), 'registers, f32', '寄存器，f32', 'f32'),
      called(register(forward), 'registers, f16', '寄存器，f16', 'f16'),
      called(tiled(forward), 'tiles, f32', '分块，f32', 'f32'),
      called(tiled(forward), 'tiles, f16', '分块，f16', 'f16'),
    ],
  },
  {
    id: 'decode',
    title: {
      en: 'Decoding: one query against a cache of N keys',
      zh: '解码：一个查询对 N 个键的缓存',
    },
    x: n([1024, 4096, 16384, 65536]),
    y: time,
    series: [
      naive(decode),
      register(decode),
      called({ ...tiled(decode), variant: 'split' }, 'flash, split over keys', 'Flash，沿键切分'),
      called(
        { ...tiled(decode), variant: 'split-register' },
        'flash, split over keys, registers',
        'Flash，沿键切分，寄存器',
      ),
      oneCore(decode),
    ],
  },
];
