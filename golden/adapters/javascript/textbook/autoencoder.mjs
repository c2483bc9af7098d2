import {adapter} from './adapter.mjs';
import {each, transpose, matmul} from './arrays.mjs';
import {eigen} from './eigen.mjs';
import {moments} from './normalization.mjs';

/* Principal components (Pearson 1901; Hotelling 1933).
 *   S = X̄X̄ᵀ/n  (or /(n−1))     X̄ = X − its mean column     S = Σ sᵢuᵢuᵢᵀ, s₁ ≥ s₂ ≥ …     projector = Σ_{i≤k} uᵢuᵢᵀ
 */
adapter.operation('autoencoder.pca', ({X}, {k}, {divisor}) => {
  const centered = X.map(row => moments(row, 0).centered);
  const count = divisor === 'n' ? X[0].length : X[0].length - 1;
  const S = each(s => s / count, matmul(centered, transpose(centered)));
  const pairs = eigen(S).sort((a, b) => b.value - a.value);
  const U = pairs.slice(0, k).map(pair => pair.vector);
  return {eigenvalues: pairs.map(pair => pair.value), projector: matmul(transpose(U), U)};
});
