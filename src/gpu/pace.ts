/** Seconds per flop of each pipeline on this device, learnt from what it ran, to predict and split long work. */
export class Pace {
  private readonly learnt = new Map<GPUComputePipeline, number>();

  /** @param flopsPerSecond a cautious guess for pipelines never seen */
  constructor(private readonly flopsPerSecond: number) {}

  predictMs(pipeline: GPUComputePipeline, flops: number): number {
    return 1e3 * flops * (this.learnt.get(pipeline) ?? 1 / this.flopsPerSecond);
  }

  /** Scales the paces of what ran together by actual ÷ predicted; short runs say too little. */
  learn(
    ran: readonly { readonly pipeline: GPUComputePipeline; readonly flops: number }[],
    actualMs: number,
  ): void {
    const predicted = ran.reduce((sum, r) => sum + this.predictMs(r.pipeline, r.flops), 0);
    if (predicted <= 0 || actualMs < 0.2) return;
    const factor = Math.min(1000, Math.max(0.001, actualMs / predicted));
    for (const pipeline of new Set(ran.map((r) => r.pipeline))) {
      this.learnt.set(pipeline, (this.learnt.get(pipeline) ?? 1 / this.flopsPerSecond) * factor);
    }
  }
}
