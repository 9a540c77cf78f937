// What a hostile DLL may write, decided by a seed.

interface Reach {
  readonly words: Int32Array;
  readonly areas: Readonly<Record<string, readonly [number, number]>>;
  /** Throws when the agent is to end. */
  look(): void;
  ring(): void;
  callBack(): void;
}

const VALUES = [0, 1, -1, 2, 3, 4, 63, 64, 65, 1023, 1024, 4096, 0x7fffffff, -0x80000000, 0x7ffffff0, -2, -3] as const;
/** Rings in a row that mean nothing. */
const RINGS = 50;

/** xorshift32: the same numbers for the same seed. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 88675123) | 0 || 1;
  }

  below(limit: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % limit;
  }
}

export class Mischief {
  private readonly random: Random;
  private readonly isHonest: boolean;
  private readonly reach: Reach;
  private frame = 0;
  private isNested = false;

  constructor(seed: number, isHonest: boolean, reach: Reach) {
    this.random = new Random(seed);
    this.isHonest = isHonest;
    this.reach = reach;
  }

  /** Whether the message is answered at all. */
  answers = true;

  /** A message has come whose frames, or columns, begin here. */
  begin(frame: number): void {
    this.frame = frame;
    this.answers = this.isHonest || this.random.below(200) !== 0;
  }

  /** Before the answer, when it stands in the memory. */
  before(): void {
    if (this.isHonest) return;
    const { random, reach } = this;
    for (let i = random.below(3); i > 0; i--) this.scribble();
    // Callbacks that nobody has asked for, many of them or one in the other.
    if (!this.isNested && random.below(40) === 0) {
      this.isNested = true;
      for (let i = random.below(300); i > 0; i--) reach.callBack();
      this.isNested = false;
    }
  }

  /** After the answer: the host is reading. */
  after(): void {
    if (this.isHonest) return;
    const { random, reach } = this;
    if (random.below(6) === 0) for (let i = random.below(600); i > 0; i--) this.scribble();
    if (random.below(30) === 0) for (let i = 0; i < RINGS; i++) reach.ring();
    reach.look();
  }

  private scribble(): void {
    const { random, reach, frame } = this;
    const areas = [...Object.values(reach.areas), [frame, frame + 256], [frame, frame + 64]] as const;
    const [from = 0, to = 4] = areas[random.below(areas.length)] ?? [];
    const at = (from + random.below(to - from)) >> 2;
    const value = random.below(3) === 0 ? random.below(0xffffffff) | 0 : (VALUES[random.below(VALUES.length)] ?? 0);
    if (at >= 0 && at < reach.words.length) Atomics.store(reach.words, at, value);
  }
}
