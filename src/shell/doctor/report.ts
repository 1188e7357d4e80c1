/** Everything about this browser and GPU that helps to find a fault; nothing about the reader. */
import { LabError } from '@/lib/errors';
import { limitNames } from '@/gpu/capabilities';

export async function doctorReport(error: unknown): Promise<string> {
  const adapter = await adapterFacts().catch((reason: unknown) => ({ failed: String(reason) }));
  const facts = {
    tilewise: `${__TILEWISE_VERSION__} (${__TILEWISE_COMMIT__})`,
    userAgent: navigator.userAgent,
    secureContext: isSecureContext,
    crossOriginIsolated,
    webgpu: 'gpu' in navigator,
    adapter,
    error:
      error instanceof LabError
        ? { code: error.code, message: error.message, ...error.values }
        : String(error),
  };
  return JSON.stringify(facts, null, 2);
}

async function adapterFacts(): Promise<unknown> {
  if (!('gpu' in navigator)) return null;
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) return null;
  const { vendor, architecture, device, description } = adapter.info;
  return {
    vendor,
    architecture,
    device,
    description,
    features: [...adapter.features].sort(),
    limits: Object.fromEntries(limitNames.map((name) => [name, adapter.limits[name]])),
  };
}
