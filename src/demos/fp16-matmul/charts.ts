/** Speed, time and memory over size: variants and ways to sum on the GPU against the CPU's baselines. */
import type { ChartDecl, SeriesDecl } from '@/lab/demo';

export const NAME = 'matmul';

const gpu = (role: SeriesDecl['role'], variant: string, en: string, zh: string): SeriesDecl => ({
  ...{ role, name: NAME, variant, device: 'gpu', label: { en, zh } },
});
const naive = gpu('naive', 'naive', 'naive, GPU', '朴素（GPU）');
const tiled = gpu('fused', 'tiled', 'workgroup tiles, GPU', '工作组分块（GPU）');
const register = gpu('alternative', 'register', 'registers, GPU', '寄存器（GPU）');
const quad = gpu('alternative', 'quad', 'registers and quads, GPU', '寄存器＋四通道组（GPU）');
const subgroup = gpu('alternative', 'subgroup', 'subgroups, GPU', '子组（GPU）');
const cpus: readonly SeriesDecl[] = [
  {
    ...{ role: 'cpu', name: NAME, variant: 'one-core', device: 'cpu' },
    label: { en: 'CPU, one worker', zh: 'CPU 单线程' },
  },
  {
    ...{ role: 'cpu-all', name: NAME, variant: 'all-cores', device: 'cpu' },
    label: { en: 'CPU, all cores', zh: 'CPU 全部核心' },
  },
  {
    ...{ role: 'wasm', name: NAME, variant: 'wasm', device: 'cpu' },
    label: { en: 'CPU, WASM SIMD library', zh: 'CPU，WASM SIMD 库' },
  },
];
/** The variant that runs here, by way to sum. */
const summed = (role: SeriesDecl['role'], id: string, en: string, zh: string): SeriesDecl => ({
  ...{ role, name: `${NAME}.${id}`, device: 'gpu', label: { en, zh } },
});
const single = summed('wasm', 'single', 'all in f32', '全部 f32');
const mixed = summed('fused', 'mixed', 'f16, sums in f32', 'f16，f32 累加');
const chunked = summed('alternative', 'chunked', 'f16, chunks promoted to f32', 'f16，分块提升到 f32');
const half = summed('naive', 'half', 'f16, sums in f16', 'f16，f16 累加');

const speed: ChartDecl['y'] = { field: 'gflops', label: { en: 'speed', zh: '速度' }, scale: 'log' };
const time: ChartDecl['y'] = { field: 'timeMs', label: { en: 'time', zh: '耗时' }, scale: 'log' };
const over = (param: 'm' | 'n' | 'k', values: readonly number[], en: string, zh: string): ChartDecl['x'] => ({
  param,
  values,
  label: { en, zh },
  scale: 'log',
});

export const charts: readonly ChartDecl[] = [
  {
    id: 'over-m',
    title: {
      en: 'Speed from one row to many, N = K = 512: kernels and the CPU',
      zh: 'N = K = 512 时从一行到多行的速度：各内核与 CPU',
    },
    x: over('m', [1, 4, 16, 64, 256, 1024], 'rows M', '行数 M'),
    y: speed,
    series: [
      naive,
      tiled,
      register,
      quad,
      subgroup,
      gpu('fused', 'gemv', 'few rows, GPU', '少数几行（GPU）'),
      ...cpus,
    ],
    hold: { n: 512, k: 512, tensors: null },
  },
  {
    id: 'over-k',
    title: {
      en: 'Time over K, M = N = 256: kernels and the CPU',
      zh: 'M = N = 256 时耗时随 K 的变化：各内核与 CPU',
    },
    x: over('k', [16, 64, 256, 1024, 4096], 'terms K', '项数 K'),
    y: time,
    series: [naive, tiled, register, quad, subgroup, ...cpus],
    hold: { m: 256, n: 256, tensors: null },
  },
  {
    id: 'sums',
    title: {
      en: 'What the way to sum costs: speed over K, M = N = 256',
      zh: '累加方式的代价：M = N = 256 时速度随 K 的变化',
    },
    x: over('k', [64, 256, 1024, 4096], 'terms K', '项数 K'),
    y: speed,
    series: [single, mixed, chunked, half],
    hold: { m: 256, n: 256, tensors: null },
  },
  {
    id: 'memory',
    title: {
      en: 'Memory of A, B, C and scratch over N, M = K = 1024: f32 against f16',
      zh: 'M = K = 1024 时 A、B、C 与临时缓冲占用的内存随 N 的变化：f32 对比 f16',
    },
    x: over('n', [64, 256, 1024], 'columns N', '列数 N'),
    y: { field: 'peakBytes', label: { en: 'peak memory', zh: '内存峰值' }, scale: 'log' },
    series: [single, mixed],
    hold: { m: 1024, k: 1024, tensors: null },
  },
];
