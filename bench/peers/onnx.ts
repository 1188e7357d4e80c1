/** Just enough of ONNX's protobuf (onnx/onnx.proto) to write a graph of a few nodes with fixed shapes. */

export const ELEMENT = { f32: 1, i32: 6, i64: 7, bool: 9 } as const;
type Element = keyof typeof ELEMENT;

export interface ValueInfo {
  readonly name: string;
  readonly element?: Element;
  readonly shape: readonly number[];
}

export interface Node {
  readonly type: string;
  /** An empty name leaves an optional input out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly domain?: string;
  /** Whole numbers are written as INT unless wrapped: `{ float: 2 }`. */
  readonly attributes?: Readonly<Record<string, Attribute>>;
}
type Attribute = number | readonly number[] | { readonly float: number };

export interface Constant extends ValueInfo {
  readonly data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;
}

export interface Graph {
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly nodes: readonly Node[];
  readonly constants?: readonly Constant[];
}

const IR_VERSION = 10;
const OPSET = 21;

/** A ModelProto. */
export function encodeModel(graph: Graph): Uint8Array<ArrayBuffer> {
  const domains = [...new Set(['', ...graph.nodes.map((node) => node.domain ?? '')])];
  return message(
    integer(1, IR_VERSION),
    bytes(7, encodeGraph(graph)),
    ...domains.map((domain) => bytes(8, message(text(1, domain), integer(2, domain === '' ? OPSET : 1)))),
  );
}

const encodeGraph = ({ inputs, outputs, nodes, constants = [] }: Graph): Uint8Array =>
  message(
    ...nodes.map((node) => bytes(1, encodeNode(node))),
    text(2, 'bench'),
    ...constants.map((constant) => bytes(5, encodeConstant(constant))),
    ...inputs.map((value) => bytes(11, encodeValue(value))),
    ...outputs.map((value) => bytes(12, encodeValue(value))),
  );

const encodeNode = ({ type, inputs, outputs, domain = '', attributes = {} }: Node): Uint8Array =>
  message(
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, type),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, encodeAttribute(name, value))),
    text(7, domain),
  );

function encodeAttribute(name: string, value: Attribute): Uint8Array {
  if (typeof value === 'number') return message(text(1, name), integer(3, value), integer(20, 2));
  if ('float' in value) return message(text(1, name), float(2, value.float), integer(20, 1));
  return message(text(1, name), ...value.map((item) => integer(8, item)), integer(20, 7));
}

function encodeValue({ name, element = 'f32', shape }: ValueInfo): Uint8Array {
  const dims = message(...shape.map((size) => bytes(1, message(integer(1, size)))));
  const tensorType = message(integer(1, ELEMENT[element]), bytes(2, dims));
  return message(text(1, name), bytes(2, message(bytes(1, tensorType))));
}

const encodeConstant = ({ name, element = 'f32', shape, data }: Constant): Uint8Array =>
  message(
    ...shape.map((size) => integer(1, size)),
    integer(2, ELEMENT[element]),
    text(8, name),
    bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );

// Protobuf's wire format: a field is its number and wire type in one varint, then the value.
const VARINT = 0;
const LENGTH = 2;
const FIXED32 = 5;

function message(...fields: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(fields.reduce((sum, field) => sum + field.length, 0));
  let at = 0;
  for (const field of fields) {
    out.set(field, at);
    at += field.length;
  }
  return out;
}

/** A non-negative integer below 2⁵³, seven bits to a byte. */
function varint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.of(...out, rest);
}

const tag = (field: number, wire: number): Uint8Array => varint(field * 8 + wire);
const integer = (field: number, value: number): Uint8Array => message(tag(field, VARINT), varint(value));
const bytes = (field: number, value: Uint8Array): Uint8Array =>
  message(tag(field, LENGTH), varint(value.length), value);
const text = (field: number, value: string): Uint8Array => bytes(field, new TextEncoder().encode(value));
const float = (field: number, value: number): Uint8Array =>
  message(tag(field, FIXED32), new Uint8Array(Float32Array.of(value).buffer));
