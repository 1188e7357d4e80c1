import { describe, expect, it } from 'vitest';
import { LabError } from '@/lib/errors';
import { browserOf, browserText } from './browser';
import { diagnose, obstacle } from './diagnose';

const agents = {
  chromeLinux:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  edgeWindows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0',
  firefoxLinux: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  safariMac:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15',
  chromeAndroid:
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  chromeIphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1',
};

describe('browser', () => {
  it.each([
    [agents.chromeLinux, 'Chrome 156 (Linux)'],
    [agents.edgeWindows, 'Edge 150 (Windows)'],
    [agents.firefoxLinux, 'Firefox 153 (Linux)'],
    [agents.safariMac, 'Safari 18 (macOS)'],
    [agents.chromeAndroid, 'Chrome 140 (Android)'],
    [agents.chromeIphone, 'Chrome 140 (iOS)'],
    ['curl/8', 'other'],
  ])('%s is %s', (agent, text) => expect(browserText(browserOf(agent))).toBe(text));
});

describe('doctor', () => {
  it('tells an insecure origin from a browser without WebGPU', () => {
    const insecure = obstacle({ secure: false, hasWebGpu: false, userAgent: agents.chromeLinux });
    expect(diagnose(insecure, agents.chromeLinux).finding).toBe('insecure');
    const missing = obstacle({ secure: true, hasWebGpu: false, userAgent: agents.chromeLinux });
    expect(diagnose(missing, agents.chromeLinux).finding).toBe('missing');
    expect(obstacle({ secure: true, hasWebGpu: true, userAgent: agents.chromeLinux })).toBeUndefined();
  });

  it.each([
    ['missing', 'gpu.missing', true],
    ['adapter', 'gpu.adapter', true],
    ['feature', 'gpu.feature', false],
    ['limit', 'gpu.limit', false],
    ['memory', 'gpu.memory', false],
    ['lost', 'gpu.lost', true],
  ] as const)('finds %s', (finding, code, blocking) => {
    const found = diagnose(new LabError(code), agents.firefoxLinux);
    expect(found.finding).toBe(finding);
    expect(found.blocking).toBe(blocking);
    expect(found.advice.length).toBeGreaterThan(0);
    for (const text of [found.title, ...found.advice]) expect(text.en && text.zh).toBeTruthy();
  });

  it('words its advice for the browser at hand', () => {
    const adviceOn = (agent: string): string =>
      diagnose(new LabError('gpu.missing'), agent).advice[0]?.en ?? '';
    expect(adviceOn(agents.firefoxLinux)).toContain('about:config');
    expect(adviceOn(agents.chromeLinux)).toContain('chrome://flags');
    expect(adviceOn(agents.edgeWindows)).toContain('edge://settings');
    expect(adviceOn(agents.safariMac)).toContain('26');
    expect(adviceOn(agents.chromeIphone)).toContain('iOS');
  });

  it.each([
    ['parameter', 'attr.value', { name: 'k', got: 9, allowed: '1 to 3' }, 'k'],
    [
      'parameter',
      'variant.unsupported',
      { name: 'subgroup', reason: { en: 'no subgroups', zh: '不支持子组' } },
      'subgroup',
    ],
    ['input', 'input.shape', { name: 'q', got: '1', allowed: 'two to four sizes' }, 'q'],
    [
      'input',
      'file.format',
      { file: 'a.safetensors', format: 'safetensors', reason: 'short' },
      'a.safetensors',
    ],
  ] as const)('blames the %s for %s, by its name, and nobody else', (finding, code, values, name) => {
    const found = diagnose(new LabError(code, values), agents.firefoxLinux);
    expect(found).toMatchObject({ finding, blocking: false });
    expect(found.title.zh).not.toMatch(/no subgroups|\[object/);
    for (const { en, zh } of found.advice) {
      expect(en).toContain(`“${name}”, not in the GPU`);
      expect(zh).toContain(`“${name}”`);
    }
  });

  it('keeps the message of an error that is nobody’s', () => {
    const found = diagnose(new Error('boom'), agents.firefoxLinux);
    expect(found).toMatchObject({ finding: 'failed', blocking: false, title: { en: 'boom' } });
  });
});
