/** Errors carry a code and values; the sentence is made at the edge, in the reader's language. */
import { fill, type Lang, type Text } from './text';

const sentences = {
  usage: { en: '{what}', zh: '{what}' },
  'input.missing': {
    en: 'input "{name}" is missing; this operation needs {allowed}',
    zh: '缺少输入“{name}”；该操作需要 {allowed}',
  },
  'input.unknown': {
    en: 'input "{name}" is not known; this operation takes {allowed}',
    zh: '不认识的输入“{name}”；该操作接受 {allowed}',
  },
  'input.dtype': {
    en: 'input "{name}" has type {got}; allowed: {allowed}',
    zh: '输入“{name}”的类型是 {got}；允许的类型：{allowed}',
  },
  'input.shape': {
    en: 'input "{name}" has shape [{got}]; needed: {allowed}',
    zh: '输入“{name}”的形状是 [{got}]；要求：{allowed}',
  },
  'attr.unknown': {
    en: 'attribute "{name}" is not known; allowed: {allowed}',
    zh: '不认识的属性“{name}”；允许的属性：{allowed}',
  },
  'attr.value': {
    en: 'attribute "{name}" is {got}; allowed: {allowed}',
    zh: '属性“{name}”的值是 {got}；允许：{allowed}',
  },
  'kernel.unknown': {
    en: 'operation "{name}" is not known; allowed: {allowed}',
    zh: '不认识的操作“{name}”；允许的操作：{allowed}',
  },
  'variant.unknown': {
    en: 'variant "{name}" is not known; allowed: {allowed}',
    zh: '不认识的变体“{name}”；允许的变体：{allowed}',
  },
  'variant.unsupported': {
    en: 'variant "{name}" cannot run here: {reason}',
    zh: '变体“{name}”无法在此运行：{reason}',
  },
  'tuner.slow': {
    en: 'about {ms} ms a run, the best takes {best} ms',
    zh: '每次约 {ms} 毫秒，最快的只要 {best} 毫秒',
  },
  'tuner.wrong': {
    en: '{name} differs from the other variants by {error}',
    zh: '{name} 与其他变体的结果相差 {error}',
  },
  'file.format': {
    en: '{file}: not a valid {format} file: {reason}',
    zh: '{file}：不是有效的 {format} 文件：{reason}',
  },
  'checkpoint.other': {
    en: '{file} holds the weights of another network: {reason}. The weights stay as they were',
    zh: '{file} 中是另一个网络的权重：{reason}。权重保持不变',
  },
  'checkpoint.network': {
    en: "{file} does not hold {network} by {origin}'s names: {reason}",
    zh: '{file} 中不是采用 {origin} 命名的 {network}：{reason}',
  },
  'address.format': {
    en: '"{address}" is no address; it begins with https://, then host and file',
    zh: '“{address}”不是有效的地址；地址以 https:// 开头，后接主机和文件路径',
  },
  'address.scheme': {
    en: '{address}: only https:// is loaded (and http:// from this very machine), so that nobody can change the file on its way',
    zh: '{address}：只加载 https:// 地址（本机的 http:// 除外），以免文件在传输途中被篡改',
  },
  'download.unreachable': {
    en: '{host} did not answer, or does not let other pages load its files (CORS). Download the file yourself and drop it here',
    zh: '{host} 没有响应，或者不允许其他网页加载它的文件（CORS）。请自行下载文件，再拖放到这里',
  },
  'download.status': { en: '{host} answered {status}: {meaning}', zh: '{host} 返回 {status}：{meaning}' },
  'download.page': {
    en: '{host} answered with a web page, not with a file. Copy the address of the download itself',
    zh: '{host} 返回的是网页而不是文件。请复制下载链接本身的地址',
  },
  'download.large': {
    en: '{host}: the file is {size}; files may be up to {limit}',
    zh: '{host}：文件大小为 {size}，最大允许 {limit}',
  },
  'download.cut': {
    en: 'the connection to {host} broke off at {received} of {total}, several times. What came is kept; resume when the connection is better',
    zh: '与 {host} 的连接在 {received}（共 {total}）处多次中断。已下载的部分会保留，网络恢复后可以继续',
  },
  'file.missing': { en: 'file not found: {file}', zh: '找不到文件：{file}' },
  'camera.insecure': {
    en: 'a camera needs a secure origin (https:// or localhost), and this page has none. Open it by https://, or choose an image file instead',
    zh: '使用摄像头需要安全来源（https:// 或 localhost），而此页面不是。请通过 https:// 打开，或改用图像文件',
  },
  'camera.refused': {
    en: 'the camera was refused. Allow it for this site in the browser’s address bar (in an embedded page, the page around it must allow it too) and start again, or choose an image file instead',
    zh: '摄像头权限被拒绝。请在浏览器地址栏中为本站开启权限（嵌入页面还需外层页面允许）后重新开始，或改用图像文件',
  },
  'camera.none': {
    en: 'no camera was found. Connect one and start again, or choose an image file instead',
    zh: '没有找到摄像头。请接入摄像头后重新开始，或改用图像文件',
  },
  'camera.busy': {
    en: 'the camera could not be started; another program may be using it. Close that and start again, or choose an image file instead',
    zh: '摄像头无法启动，可能正被其他程序占用。请关闭该程序后重新开始，或改用图像文件',
  },
  'camera.ended': {
    en: 'the camera stopped sending pictures: it was unplugged or its permission was withdrawn. Start it again, or choose an image file instead',
    zh: '摄像头不再传来画面：设备已拔出，或权限被收回。请重新开始，或改用图像文件',
  },
  'gpu.missing': {
    en: 'this browser has no WebGPU',
    zh: '这个浏览器不支持 WebGPU',
  },
  'gpu.insecure': {
    en: 'WebGPU needs a secure origin (https:// or localhost)',
    zh: 'WebGPU 需要安全来源（https:// 或 localhost）',
  },
  'gpu.adapter': {
    en: 'no GPU adapter was found',
    zh: '没有找到 GPU 适配器',
  },
  'gpu.dawn': {
    en: 'WebGPU for Node could not be loaded: {message}',
    zh: '无法加载 Node 的 WebGPU：{message}',
  },
  'gpu.feature': {
    en: 'this GPU lacks the feature "{feature}"',
    zh: '这块 GPU 缺少“{feature}”功能',
  },
  'gpu.limit': {
    en: '{what} needs {needed}, this GPU allows {limit} ({name})',
    zh: '{what} 需要 {needed}，而这块 GPU 只允许 {limit}（{name}）',
  },
  'gpu.memory': {
    en: 'out of GPU memory: {what} asked for {needed} with {live} in use. Try a smaller size.',
    zh: 'GPU 内存不足：{what} 需要 {needed}，已用 {live}。请换一个较小的尺寸。',
  },
  'gpu.lost': {
    en: 'the GPU device was lost ({reason}); the state was restored on a new one',
    zh: 'GPU 设备丢失（{reason}）；状态已在新设备上恢复',
  },
  'workbench.hung': {
    en: 'the kernel did not end within {seconds} s; its GPU device was given up, and the next run gets a new one. If that run hangs too, reload the page',
    zh: '内核在 {seconds} 秒内没有结束；它的 GPU 设备已被放弃，下次运行会使用新设备。如果下次仍无响应，请重新加载页面',
  },
  'workbench.lost': {
    en: 'the GPU device was lost while the kernel ran ({reason}); the next run gets a new one',
    zh: '内核运行时 GPU 设备丢失（{reason}）；下次运行会使用新设备',
  },
  'gpu.compile': { en: '{file}:{line}: {message}', zh: '{file}:{line}：{message}' },
  'gpu.validation': { en: 'the GPU refused the work: {message}', zh: 'GPU 拒绝了这次任务：{message}' },
} as const satisfies Record<string, Text>;

export type ErrorCode = keyof typeof sentences;

export class LabError extends Error {
  constructor(
    readonly code: ErrorCode,
    /** What the sentence names; a `Text` is named in the reader's language. */
    readonly values: Readonly<Record<string, unknown>> = {},
  ) {
    super(fill(sentences[code], values, 'en'));
    this.name = 'LabError';
  }

  sentence(lang: Lang): string {
    return fill(sentences[this.code], this.values, lang);
  }
}

/** The sentence of any thrown value. */
export function sentenceOf(error: unknown, lang: Lang): string {
  if (error instanceof LabError) return error.sentence(lang);
  return error instanceof Error ? error.message : String(error);
}

export const textOf = (error: unknown): Text => ({
  en: sentenceOf(error, 'en'),
  zh: sentenceOf(error, 'zh'),
});
