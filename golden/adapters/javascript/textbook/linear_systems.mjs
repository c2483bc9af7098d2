import {dot, zeros} from './arrays.mjs';

/** Ax = b for a positive definite A = LLᵀ (Cholesky): Lz = b, then Lᵀx = z. */
export function solve(A, b) {
  const L = zeros(A);
  for (let j = 0; j < b.length; j++) {
    for (let i = j; i < b.length; i++) {
      const rest = A[i][j] - dot(L[i].slice(0, j), L[j].slice(0, j));
      L[i][j] = i === j ? Math.sqrt(rest) : rest / L[j][j];
    }
  }
  const z = [];
  for (let i = 0; i < b.length; i++) {
    z.push((b[i] - dot(z, L[i].slice(0, i))) / L[i][i]);
  }
  const x = [];
  for (let i = b.length - 1; i >= 0; i--) {
    x.unshift((z[i] - dot(x, L.slice(i + 1).map(row => row[i]))) / L[i][i]);
  }
  return x;
}
