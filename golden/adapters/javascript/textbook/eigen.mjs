import {each, transpose} from './arrays.mjs';

/** Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations (Golub and Van Loan, section 8.5). */
export function eigen(A) {
  const m = A.length;
  let vectors = A.map((row, i) => row.map((_, j) => (i === j ? 1 : 0))); // a row each
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < m; p++) {
      for (let q = p + 1; q < m; q++) {
        if (A[p][q] !== 0) {
          const tau = (A[q][q] - A[p][p]) / (2 * A[p][q]);
          const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau)); // the smaller angle that makes A_pq zero
          const turn = rows => rotated(rows, p, q, 1 / Math.hypot(1, t), t / Math.hypot(1, t));
          A = turn(transpose(turn(A))); // JAJᵀ
          A[p][q] = A[q][p] = 0;
          vectors = turn(vectors);
        }
      }
    }
  }
  return A.map((row, i) => ({value: row[i], vector: vectors[i]}));
}

/** Row p becomes c·p − s·q and row q becomes s·p + c·q. */
function rotated(rows, p, q, c, s) {
  const turned = [...rows];
  turned[p] = each((x, y) => c * x - s * y, rows[p], rows[q]);
  turned[q] = each((x, y) => s * x + c * y, rows[p], rows[q]);
  return turned;
}
