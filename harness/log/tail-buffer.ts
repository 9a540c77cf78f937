/** Keeps the last lines of each agent, for failures to show. */
export class TailBuffer<T> {
  readonly #linesPerAgent: number;
  readonly #agents: number;
  readonly #rings = new Map<string, { readonly lines: T[]; next: number }>();

  /**
   * @param linesPerAgent how many lines are kept of each agent
   * @param agents how many agents are remembered; the one that spoke first is forgotten first, so that a run which restarts
   * agents for hours does not grow
   */
  constructor(linesPerAgent = 200, agents = 64) {
    this.#linesPerAgent = linesPerAgent;
    this.#agents = agents;
  }

  push(agent: string, line: T): void {
    let ring = this.#rings.get(agent);
    if (ring === undefined) {
      const [oldest] = this.#rings.keys();
      if (oldest !== undefined && this.#rings.size >= this.#agents) this.#rings.delete(oldest);
      ring = { lines: [], next: 0 };
      this.#rings.set(agent, ring);
    }
    ring.lines[ring.next] = line;
    ring.next = (ring.next + 1) % this.#linesPerAgent;
  }

  /** The last lines of an agent, oldest first; none for an agent that never spoke. */
  tail(agent: string, count = this.#linesPerAgent): T[] {
    const ring = this.#rings.get(agent);
    if (ring === undefined || count <= 0) return [];
    return [...ring.lines.slice(ring.next), ...ring.lines.slice(0, ring.next)].slice(-count);
  }

  forget(agent: string): void {
    this.#rings.delete(agent);
  }
}
