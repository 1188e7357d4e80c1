/** What is wrong with the GPU here, told apart, with what to do about it on this browser. */
import { LabError, textOf, type ErrorCode } from '@/lib/errors';
import type { Text } from '@/lib/text';
import { browserOf, type Browser } from './browser';

export type Finding =
  | 'missing'
  | 'insecure'
  | 'adapter'
  | 'feature'
  | 'limit'
  | 'memory'
  | 'lost'
  | 'parameter'
  | 'input'
  | 'failed';

export interface Diagnosis {
  readonly finding: Finding;
  readonly title: Text;
  readonly advice: readonly Text[];
  /** Nothing runs on a GPU until this is solved; else a smaller setting may. */
  readonly blocking: boolean;
}

export interface Surroundings {
  readonly secure: boolean;
  readonly hasWebGpu: boolean;
  readonly userAgent: string;
}

const findings: Readonly<Partial<Record<ErrorCode, Finding>>> = {
  'gpu.missing': 'missing',
  'gpu.insecure': 'insecure',
  'gpu.adapter': 'adapter',
  'gpu.feature': 'feature',
  'gpu.limit': 'limit',
  'gpu.memory': 'memory',
  'gpu.lost': 'lost',
  'attr.unknown': 'parameter',
  'attr.value': 'parameter',
  'variant.unknown': 'parameter',
  'variant.unsupported': 'parameter',
  'input.missing': 'input',
  'input.unknown': 'input',
  'input.dtype': 'input',
  'input.shape': 'input',
  'file.format': 'input',
};

/** What stands in the way before anything was asked of the GPU. */
export function obstacle({ secure, hasWebGpu }: Surroundings): LabError | undefined {
  if (!secure) return new LabError('gpu.insecure');
  if (!hasWebGpu) return new LabError('gpu.missing');
  return undefined;
}

export function diagnose(error: unknown, userAgent: string): Diagnosis {
  const finding = (error instanceof LabError && findings[error.code]) || 'failed';
  const browser = browserOf(userAgent);
  const blocking =
    finding === 'missing' || finding === 'insecure' || finding === 'adapter' || finding === 'lost';
  return {
    finding,
    title: textOf(error),
    advice: adviceFor(finding, browser, culpritOf(error)),
    blocking,
  };
}

/** The parameter, input or file that an error names. */
function culpritOf(error: unknown): string {
  const { name, file } = error instanceof LabError ? error.values : {};
  const culprit = file ?? name;
  return typeof culprit === 'string' ? culprit : '';
}

function adviceFor(finding: Finding, browser: Browser, culprit: string): readonly Text[] {
  switch (finding) {
    case 'missing':
      return [browserAdvice(browser), elsewhere];
    case 'insecure':
      return [
        {
          en: 'Open this page over https://, or from http://localhost on this machine: browsers hide WebGPU from other origins.',
          zh: '请用 https:// 打开本页，或在本机用 http://localhost 打开：浏览器不会向其他来源开放 WebGPU。',
        },
      ];
    case 'adapter':
      return [driverAdvice(browser), restart];
    case 'feature':
      return [
        {
          en: 'Another adapter or a newer driver may have it. The other variants of this demo do without.',
          zh: '换一块显卡或更新驱动后也许就有。本演示的其他变体不需要它。',
        },
      ];
    case 'limit':
    case 'memory':
      return [
        {
          en: 'Choose a smaller size, or a variant that needs less memory. Closing other tabs frees GPU memory.',
          zh: '请减小尺寸，或换用占内存较少的变体。关闭其他标签页可以释放 GPU 内存。',
        },
      ];
    case 'lost':
      return [
        {
          en: 'The driver reset the GPU several times. Choose a smaller size, then look again; if it happens at every size, update the driver.',
          zh: '驱动多次重置了 GPU。请减小尺寸后重新检查；如果任何尺寸都这样，请更新驱动。',
        },
        restart,
      ];
    case 'parameter':
      return [
        {
          en: `The fault is in the chosen “${culprit}”, not in the GPU, the driver or the demo. Choose what is allowed; the demo then goes on.`,
          zh: `问题出在所选的“${culprit}”，与 GPU、驱动和演示无关。改成允许的值，演示就会继续。`,
        },
      ];
    case 'input':
      return [
        {
          en: `The fault is in the given “${culprit}”, not in the GPU, the driver or the demo. Open another file, or go back to the default input; the demo then goes on.`,
          zh: `问题出在给定的“${culprit}”，与 GPU、驱动和演示无关。请打开另一个文件，或恢复默认输入，演示就会继续。`,
        },
      ];
    case 'failed':
      return [
        {
          en: 'This looks like a fault of the demo or of the driver. The report below says what happened.',
          zh: '这可能是演示或驱动的问题。下面的报告记录了发生的事情。',
        },
      ];
  }
}

const restart: Text = {
  en: 'Restart the browser: after repeated GPU crashes it refuses adapters until then.',
  zh: '重启浏览器：GPU 进程多次崩溃后，浏览器在重启前不再提供适配器。',
};

const elsewhere: Text = {
  en: 'Known to work: Chrome and Edge from 113 (Windows, macOS) or 121 (Android), Firefox from 141 (Windows) or 145 (macOS), Safari from 26.',
  zh: '已知可用：Chrome、Edge 113 起（Windows、macOS）或 121 起（Android），Firefox 141 起（Windows）或 145 起（macOS），Safari 26 起。',
};

function browserAdvice({ name, version, system }: Browser): Text {
  if (name === 'Firefox') {
    return {
      en: `This is Firefox ${version}. Open about:config, set dom.webgpu.enabled to true${system === 'Linux' ? ' and gfx.webgpu.ignore-blocklist to true' : ''}, and reload; or update to the newest version.`,
      zh: `这是 Firefox ${version}。打开 about:config，把 dom.webgpu.enabled 设为 true${system === 'Linux' ? '，并把 gfx.webgpu.ignore-blocklist 设为 true' : ''}，然后刷新；或升级到最新版本。`,
    };
  }
  if (name === 'Safari' || system === 'iOS') {
    return {
      en: 'Safari has WebGPU from version 26 (macOS 26, iOS 26). On iOS every browser uses Safari’s engine, so update the system.',
      zh: 'Safari 从 26 版（macOS 26、iOS 26）起支持 WebGPU。iOS 上所有浏览器都使用 Safari 的引擎，因此请升级系统。',
    };
  }
  if (name === 'Chrome' || name === 'Edge') {
    const scheme = name === 'Edge' ? 'edge' : 'chrome';
    if (system === 'Linux') {
      return {
        en: `This is ${name} ${version} on Linux. Open ${scheme}://flags, enable “Unsafe WebGPU Support” and “Vulkan”, and restart the browser.`,
        zh: `这是 Linux 上的 ${name} ${version}。打开 ${scheme}://flags，启用 “Unsafe WebGPU Support” 和 “Vulkan”，然后重启浏览器。`,
      };
    }
    return {
      en: `This is ${name} ${version}. Update it, and see that “Use graphics acceleration when available” is on in ${scheme}://settings/system.`,
      zh: `这是 ${name} ${version}。请升级，并确认 ${scheme}://settings/system 中已打开“使用图形加速功能（如果可用）”。`,
    };
  }
  return {
    en: 'This browser is not one that is known to have WebGPU. Try a current Chrome, Edge, Firefox or Safari.',
    zh: '没有听说这个浏览器支持 WebGPU。请改用最新的 Chrome、Edge、Firefox 或 Safari。',
  };
}

function driverAdvice({ name, system }: Browser): Text {
  if (system === 'Linux') {
    const chromium = name === 'Chrome' || name === 'Edge';
    return {
      en: `WebGPU needs a Vulkan driver here: run vulkaninfo --summary; where it lists no device, install mesa-vulkan-drivers or the GPU maker’s driver.${chromium ? ' Then enable “Vulkan” in chrome://flags.' : ''}`,
      zh: `这里的 WebGPU 需要 Vulkan 驱动：运行 vulkaninfo --summary，若没有列出设备，请安装 mesa-vulkan-drivers 或显卡厂商的驱动。${chromium ? '然后在 chrome://flags 中启用 “Vulkan”。' : ''}`,
    };
  }
  return {
    en: 'The browser has WebGPU but found no GPU that it trusts: switch hardware acceleration on in its settings and update the graphics driver. Remote desktops and virtual machines often have none.',
    zh: '浏览器支持 WebGPU，但没有找到可信任的 GPU：请在设置中打开硬件加速，并更新显卡驱动。远程桌面和虚拟机往往没有可用的 GPU。',
  };
}
