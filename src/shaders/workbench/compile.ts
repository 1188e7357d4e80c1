/** What the browser's WGSL compiler says of a plan's shaders, by file and the file's own line. */
import type { Device } from '@/gpu/device';
import { assemble } from '@/gpu/header';
import type { Plan } from '@/gpu/kernel';
import { place } from '@/gpu/pipelines';
import type { DType, Specs } from '@/lib/tensor';

export interface CompileError {
  readonly file: string;
  /** Line and column are of the file's own text, from one; 0 where the compiler names none. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly message: string;
}

/** @param specs of the problem's tensors: storage decides what the accessors in the header look like */
export async function compileErrors(device: Device, plan: Plan, specs: Specs): Promise<CompileError[]> {
  const found = new Map<string, CompileError>();
  for (const pass of plan.passes) {
    const source = assemble(
      pass,
      (b): DType => b.dtype ?? specs[b.buffer ?? b.name]?.dtype ?? 'f32',
      device.caps.f16,
    );
    device.gpu.pushErrorScope('validation');
    const module = device.gpu.createShaderModule({ code: source.code });
    const invalid = device.gpu.popErrorScope();
    const [{ messages }, error] = await Promise.all([module.getCompilationInfo(), invalid]);
    const errors = messages.filter(({ type }) => type === 'error');
    for (const { lineNum, linePos, length, message } of errors) {
      const where = { ...place(source, lineNum), column: linePos, length, message: plain(message) };
      found.set(`${where.file} ${where.line} ${where.message}`, where);
    }
    if (error && errors.length === 0) {
      const where = { file: pass.shader.file, line: 0, column: 0, length: 0 };
      found.set(error.message, { ...where, message: error.message });
    }
  }
  return [...found.values()];
}

/** naga draws the place into its message, with lines of the assembled source: what it says of it is kept. */
const plain = (message: string): string =>
  message
    .trim()
    .replace(/^Shader '[^']*' (?:parsing |validation )?error: /, '')
    .split('\n')
    .filter((line, i) => i === 0 || /^\s*= /.test(line) || !/[│┌]|^\s*$/.test(line))
    .join('\n');
