/** What an adapter can do, as variants and pages ask about it. */
export interface Capabilities {
  readonly adapter: string;
  readonly adapterKind: 'hardware' | 'software' | 'unknown';
  /** Native f16 in WGSL; without it f16 tensors are packed two to a u32 and computed in f32. */
  readonly f16: boolean;
  readonly subgroups: { readonly min: number; readonly max: number } | false;
  readonly timestamps: boolean;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<LimitName, number>>;
}

export const limitNames = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupsPerDimension',
  'maxTextureDimension2D',
] as const;
export type LimitName = (typeof limitNames)[number];

const software = /llvmpipe|lavapipe|swiftshader|softpipe|basic render|\bwarp\b/i;

export function capabilitiesOf(device: GPUDevice, info: GPUAdapterInfo): Capabilities {
  const adapter = [info.vendor, info.architecture, info.description || info.device]
    .filter(Boolean)
    .join(' ')
    .trim();
  const known = software.test(adapter) || info.isFallbackAdapter;
  return {
    adapter: adapter || 'unnamed adapter',
    // Firefox names no adapter at all: then nobody can tell.
    adapterKind: known ? 'software' : adapter === '' ? 'unknown' : 'hardware',
    f16: device.features.has('shader-f16'),
    subgroups: device.features.has('subgroups')
      ? { min: info.subgroupMinSize, max: info.subgroupMaxSize }
      : false,
    timestamps: device.features.has('timestamp-query'),
    features: [...device.features].sort(),
    limits: Object.fromEntries(limitNames.map((name) => [name, device.limits[name]])) as Record<
      LimitName,
      number
    >,
  };
}
