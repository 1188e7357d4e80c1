// What follows from the gathered gradients (PyTorch's GradScaler, AmpKernels.cu): the norm, whether the step is skipped,
// how much is clipped, the next loss scale, and Adam's bias corrections; the gathering starts afresh.
// One invocation. c = 1 - b^t goes on as c + (1 - c)(1 - b): b^t itself would cancel.

@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3u) {
  if group_index(group) > 0u { return; }
  let squares = load_control(SQUARES);
  let overflow = (bitcast<u32>(squares) & 0x7f800000u) == 0x7f800000u;
  let wrong = load_control(NOT_FINITE) > 0.0 || overflow;
  let norm = sqrt(select(squares, 0.0, wrong));
  store_control(NORM, norm);
  var clip = 1.0;
  if params.max_norm > 0.0 { clip = min(1.0, params.max_norm / (norm + 1e-6)); }
  store_control(CLIP, clip);

  let scale = load_control(SCALE);
  store_control(INVERSE, 1.0 / scale);
  if DYNAMIC {
    var counter = select(load_control(COUNTER) + 1.0, 0.0, wrong);
    if wrong {
      // The smallest normal number bounds it, so that its inverse is one too.
      store_control(SCALE, max(scale * params.backoff, 1.1754943508222875e-38));
    } else if counter >= params.interval {
      store_control(SCALE, min(scale * params.growth, 8.507059173023462e37));
      counter = 0.0;
    }
    store_control(COUNTER, counter);
  }

  if GUARD && wrong {
    store_control(SKIP, 1.0);
    store_control(SKIPPED, load_control(SKIPPED) + 1.0);
  } else {
    store_control(SKIP, 0.0);
    store_control(STEP, load_control(STEP) + 1.0);
    store_control(BIAS1, load_control(BIAS1) + (1.0 - load_control(BIAS1)) * params.one_beta1);
    store_control(BIAS2, load_control(BIAS2) + (1.0 - load_control(BIAS2)) * params.one_beta2);
  }
  store_control(OVERFLOWS, load_control(NOT_FINITE));
  store_control(SQUARES, 0.0);
  store_control(NOT_FINITE, 0.0);
}
