/** From which score on a risk is called so: that of "high" is where the trigger for members at risk starts, unsaid. */
export const riskFloors = { high: 0.7, medium: 0.4, low: 0 } as const;

export type RiskLevel = keyof typeof riskFloors;

export const riskLevels = ["high", "medium", "low"] as const satisfies RiskLevel[];

export const riskNames: Record<RiskLevel, string> = { high: "High", medium: "Medium", low: "Low" };

export function riskLevelOf(score: number): RiskLevel {
  return riskLevels.find((level) => score >= riskFloors[level]) ?? "low";
}

/** The scores of a level: from the first on, below the second. */
export function riskRange(level: RiskLevel): { from: number; below: number } {
  const above = riskLevels[riskLevels.indexOf(level) - 1];
  return { from: riskFloors[level], below: above ? riskFloors[above] : Number.POSITIVE_INFINITY };
}
