"""Logits of torchvision's networks in double precision, for weights and images that follow from counters.

  python3 scripts/golden/vision.py --json src/models/vision/golden.json      what the tests hold our logits against
  python3 scripts/golden/vision.py --folder DIR [--size 224] [--only NAME]   checkpoints, images and logits for `lab model`

Needs PyTorch and torchvision (Debian: python3-torch python3-torchvision). Tensor t of a checkpoint, in the order of its
state dict, takes its elements from stream t of Philox4x32-10 (src/lib/random.ts has the same), the images from stream
10^6, so that a test makes the same weights without a file. timm has no package there: its names are given to the same
tensors, and what it does otherwise (epsilon, SAME padding) is set.
"""

import argparse
import hashlib
import json
import math
import os
import struct

import numpy
import torch
import torchvision.models as tv
from torch import nn

SEED, CLASSES, IMAGES, SIZE = 20, 10, 10**6, (72, 56)


def philox(stream, n):
    """n words of the stream: blocks of four, counter 0, 1, 2 and so on."""
    blocks = -(-n // 4)
    mask = numpy.uint64(0xFFFFFFFF)
    c = [numpy.arange(blocks, dtype=numpy.uint64)] + [numpy.zeros(blocks, numpy.uint64) for _ in range(3)]
    k = [SEED, stream]
    for _ in range(10):
        p0, p1 = c[0] * numpy.uint64(0xD2511F53), c[2] * numpy.uint64(0xCD9E8D57)
        c = [
            (p1 >> numpy.uint64(32)) ^ c[1] ^ numpy.uint64(k[0]),
            p1 & mask,
            (p0 >> numpy.uint64(32)) ^ c[3] ^ numpy.uint64(k[1]),
            p0 & mask,
        ]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return numpy.stack(c, 1).reshape(-1)[:n]


def values(kind, stream, shape, gain):
    """Uniform numbers whose range follows from what the tensor is; float32 as a checkpoint has them."""
    n = math.prod(shape)
    u = (philox(stream, n).astype(numpy.float64) + 0.5) / 2**32
    if kind == "weight" and len(shape) > 1:
        v = (2 * u - 1) * math.sqrt(3 * gain / math.prod(shape[1:]))
    elif kind in ("weight", "running_var"):
        v = 0.5 + u
    else:
        v = 0.2 * (2 * u - 1)
    return torch.from_numpy(v.astype(numpy.float32).reshape(shape))


def fill(model, gain):
    """The model's tensors by name, as made, without counts of batches."""
    state = model.state_dict()
    names = [name for name in state if not name.endswith("num_batches_tracked")]
    made = {n: values(n.rsplit(".", 1)[1], t, tuple(state[n].shape), gain) for t, n in enumerate(names)}
    model.load_state_dict({**state, **made})
    return made


class Same(nn.Conv2d):
    """TensorFlow's padding: what is odd goes to the bottom and the right."""

    def forward(self, x):
        sides = []
        for n, k, s in zip(x.shape[:1:-1], self.kernel_size[::-1], self.stride[::-1]):
            total = max((-(-n // s) - 1) * s + k - n, 0)
            sides += [total // 2, total - total // 2]
        return self._conv_forward(nn.functional.pad(x, sides), self.weight, self.bias)


def tensorflow(model):
    """As timm's tf_ variants are."""
    for m in model.modules():
        if isinstance(m, nn.Conv2d) and m.kernel_size[0] > 1:
            m.__class__, m.padding = Same, (0, 0)
    return epsilon(model, 1e-3)


def epsilon(model, eps):
    for m in model.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.eps = eps
    return model


class MobileNetV1(nn.Module):
    """Howard et al. 2017, Table 1, with timm's names."""

    def __init__(self, stages=((64,), (128,) * 2, (256,) * 2, (512,) * 6, (1024,) * 2)):
        super().__init__()
        self.conv_stem, self.bn1 = nn.Conv2d(3, 32, 3, 2, 1, bias=False), nn.BatchNorm2d(32)
        c, self.blocks = 32, nn.ModuleList()
        for i, stage in enumerate(stages):
            self.blocks.append(nn.ModuleList())
            for j, out in enumerate(stage):
                block = nn.Module()
                block.conv_dw = nn.Conv2d(c, c, 3, 2 if i > 0 and j == 0 else 1, 1, groups=c, bias=False)
                block.bn1 = nn.BatchNorm2d(c)
                block.conv_pw, block.bn2 = nn.Conv2d(c, out, 1, bias=False), nn.BatchNorm2d(out)
                self.blocks[-1].append(block)
                c = out
        self.classifier = nn.Linear(c, CLASSES)

    def forward(self, x):
        x = nn.functional.relu6(self.bn1(self.conv_stem(x)))
        for stage in self.blocks:
            for b in stage:
                x = nn.functional.relu6(b.bn1(b.conv_dw(x)))
                x = nn.functional.relu6(b.bn2(b.conv_pw(x)))
        return self.classifier(x.mean((2, 3)))


def timm_names(model, stages):
    """torchvision's names of EfficientNet, MobileNet V2 and V3, in order, to timm's; `stages` has the blocks of each."""
    places = [f"{s}.{b}" for s, blocks in enumerate(stages) for b in range(blocks)]
    roots, names, norms = [], {}, {"expanded": 0, "bn": ""}
    for name, t in model.state_dict().items():
        if name.endswith("num_batches_tracked"):
            continue
        owner, part = name.rsplit(".", 1)
        inside = [w for w in (".block.", ".conv.") if w in name]
        if inside:
            root = name.split(inside[0])[0]
            if root not in roots:
                roots.append(root)
                norms["expanded"], first = 0, t.shape[1] != 1
                expands = first
            at = f"blocks.{places[len(roots) - 1]}."
            if owner.endswith("fc1") or owner.endswith("fc2"):
                own = "se.conv_reduce" if owner.endswith("fc1") else "se.conv_expand"
            elif t.dim() == 4:
                norms["expanded"] += 1
                kinds = ["conv_pw", "conv_dw", "conv_pwl"] if expands else ["conv_dw", "conv_pw"]
                own = kinds[norms["expanded"] - 1]
            else:
                own = f"bn{norms['expanded']}"
            names[name] = f"{at}{own}.{part}"
        elif name.startswith("features.0."):
            names[name] = f"{'conv_stem' if t.dim() == 4 else 'bn1'}.{part}"
        elif name.startswith("features."):
            late = isinstance(model, tv.MobileNetV3)
            own = ("conv", "bn1") if late else ("conv_head", "bn2")
            names[name] = (f"blocks.{len(stages)}.0." if late else "") + f"{own[t.dim() == 1]}.{part}"
        else:
            last = name.startswith("classifier.3") or not isinstance(model, tv.MobileNetV3)
            names[name] = f"{'classifier' if last else 'conv_head'}.{part}"
    return names


V2, V3L, V3S = (1, 2, 3, 4, 3, 3, 1), (1, 2, 3, 4, 2, 3), (1, 2, 3, 2, 3)
B0, B1 = (1, 2, 2, 3, 3, 4, 1), (2, 3, 3, 4, 4, 5, 2)


# Variance of a sum over that of what it adds up: small enough that binary32 itself errs by less than 1e-5, large enough
# that the two images differ.
GAIN = {"mobilenet-v3-large": 1.5, "efficientnet-b1": 1.6}


def cases():
    """Name for `lab model`, whose names the checkpoint has, the network, the blocks of each stage."""
    make = lambda build: build(weights=None, num_classes=CLASSES)  # noqa: E731
    yield "mobilenet-v1", "timm", MobileNetV1(), None
    yield "mobilenet-v2", "torchvision", make(tv.mobilenet_v2), V2
    yield "mobilenet-v2", "timm", make(tv.mobilenet_v2), V2
    yield "mobilenet-v3-large", "torchvision", make(tv.mobilenet_v3_large), V3L
    yield "mobilenet-v3-large", "timm", epsilon(make(tv.mobilenet_v3_large), 1e-5), V3L
    yield "mobilenet-v3-small", "torchvision", make(tv.mobilenet_v3_small), V3S
    yield "mobilenet-v3-small", "timm", epsilon(make(tv.mobilenet_v3_small), 1e-5), V3S
    for x in ("0_5", "1_0", "1_5", "2_0"):
        yield f"shufflenet-v2-x{x.replace('_', '.')}", "torchvision", make(getattr(tv, f"shufflenet_v2_x{x}")), None
    yield "efficientnet-b0", "torchvision", make(tv.efficientnet_b0), B0
    yield "efficientnet-b0", "timm", make(tv.efficientnet_b0), B0
    yield "tf-efficientnet-b0", "timm", tensorflow(make(tv.efficientnet_b0)), B0
    yield "efficientnet-b1", "torchvision", make(tv.efficientnet_b1), B1
    yield "squeezenet-1.0", "torchvision", make(tv.squeezenet1_0), None
    yield "squeezenet-1.1", "torchvision", make(tv.squeezenet1_1), None
    yield "googlenet", "torchvision", tv.GoogLeNet(CLASSES, aux_logits=False, init_weights=False), None
    yield "mobilenet-v2-x0.5", "torchvision", tv.mobilenet_v2(width_mult=0.5, num_classes=CLASSES), V2


def save(path, tensors):
    """safetensors: 8 bytes of header length, a header in JSON, the bytes."""
    header, at = {}, 0
    for name, t in tensors.items():
        size = 4 * t.numel()
        header[name] = {"dtype": "F32", "shape": list(t.shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for t in tensors.values():
            file.write(t.contiguous().numpy().astype("<f4").tobytes())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json")
    parser.add_argument("--folder")
    parser.add_argument("--size", type=int)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    height, width = (args.size, args.size) if args.size else SIZE
    x = (philox(IMAGES, 2 * height * width * 3).astype(numpy.float64) + 0.5) / 2**32
    x = torch.from_numpy((4 * x - 2).astype(numpy.float32).reshape(2, height, width, 3))
    found = []
    for name, origin, model, stages in cases():
        if args.only not in name:
            continue
        gain = GAIN.get(name, 2)
        tensors = fill(model, gain)
        if origin == "timm" and stages:
            named = timm_names(model, stages)
            tensors = {named[old]: t for old, t in tensors.items()}
        model.eval().double()
        with torch.no_grad():
            logits = model(x.double().permute(0, 3, 1, 2))
        # A linear layer may be stored as a convolution of one pixel.
        trimmed = {n: [*t.shape[:2], *(s for s in t.shape[2:] if s != 1)] for n, t in tensors.items()}
        listed = "".join(f"{n} {shape}\n" for n, shape in trimmed.items())
        digest = hashlib.sha256(listed.encode()).hexdigest()
        apart = (logits[0] - logits[1]).norm() / logits.norm()
        with torch.no_grad():
            single = model.float()(x.permute(0, 3, 1, 2)).double()
        error = (single - logits).norm() / logits.norm()
        print(
            f"{name} ({origin}): {len(tensors)} tensors, logits {logits.mean():.3g} ± {logits.std():.3g}, "
            f"images differ by {apart:.2g}, binary32 by {error:.2g}"
        )
        rows = [[float(f"{v:.9g}") for v in row] for row in logits.tolist()]
        found.append({"model": name, "names": origin, "gain": gain, "tensors": digest, "logits": rows})
        if args.folder:
            stem = os.path.join(args.folder, f"{name}.{origin}")
            save(f"{stem}.safetensors", tensors)
            save(f"{stem}.logits.safetensors", {"y": logits.float()})
    if args.folder:
        save(os.path.join(args.folder, "x.safetensors"), {"x": x})
    if args.json:
        note = "made by scripts/golden/vision.py"
        versions = {"torch": torch.__version__, "torchvision": __import__("torchvision").__version__}
        with open(args.json, "w") as file:
            json.dump({"note": note, **versions, "seed": SEED, "size": [height, width], "cases": found}, file, indent=1)
            file.write("\n")


torch.set_num_threads(1)
main()
