/** A device as a library of today would ask for it: every feature of the adapter that it may use, and its own limits. */

const wanted: readonly GPUFeatureName[] = ['shader-f16', 'subgroups', 'timestamp-query'];

export async function openDevice(without: readonly GPUFeatureName[] = []): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('no adapter');
  const requiredLimits: Record<string, number> = {};
  for (const name in adapter.limits) {
    const value: unknown = adapter.limits[name as keyof GPUSupportedLimits];
    // The subgroup sizes appear among the limits of some versions and cannot be asked for.
    if (typeof value === 'number' && !/subgroup/i.test(name)) requiredLimits[name] = value;
  }
  return adapter.requestDevice({
    requiredFeatures: wanted.filter((name) => adapter.features.has(name) && !without.includes(name)),
    requiredLimits,
  });
}
