package org.goldgrad.properties.catalogue;

import java.util.List;
import org.goldgrad.properties.autoencoder.PcaOperation;
import org.goldgrad.properties.initialization.DepthOperation;
import org.goldgrad.properties.initialization.GaussianOperation;
import org.goldgrad.properties.initialization.PreactivationMomentsOperation;
import org.goldgrad.properties.initialization.TruncatedNormalOperation;
import org.goldgrad.properties.initialization.UniformOperation;
import org.goldgrad.properties.initialization.WeightScaleOperation;
import org.goldgrad.properties.normalization.LayerNormOperation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.optimization.AdaDeltaOperation;
import org.goldgrad.properties.optimization.AdaGradOperation;
import org.goldgrad.properties.optimization.AdaMaxOperation;
import org.goldgrad.properties.optimization.AdamOperation;
import org.goldgrad.properties.optimization.AdamResumedOperation;
import org.goldgrad.properties.optimization.AmsGradOperation;
import org.goldgrad.properties.optimization.ClipByNormOperation;
import org.goldgrad.properties.optimization.ClipByValueOperation;
import org.goldgrad.properties.optimization.ClippedDescentOperation;
import org.goldgrad.properties.optimization.ConaturalGradientOperation;
import org.goldgrad.properties.optimization.GradientNormPenaltyOperation;
import org.goldgrad.properties.optimization.MomentumOperation;
import org.goldgrad.properties.optimization.NadamOperation;
import org.goldgrad.properties.optimization.NaturalGradientOperation;
import org.goldgrad.properties.optimization.NesterovOperation;
import org.goldgrad.properties.optimization.PathSgdOperation;
import org.goldgrad.properties.optimization.ProjectToBallOperation;
import org.goldgrad.properties.optimization.ProjectToSphereOperation;
import org.goldgrad.properties.optimization.RmsPropOperation;
import org.goldgrad.properties.optimization.RunningAverageOperation;
import org.goldgrad.properties.optimization.ScaleGradientOperation;
import org.goldgrad.properties.optimization.SgdOperation;
import org.goldgrad.properties.optimization.SobolevGradientOperation;
import org.goldgrad.properties.recurrent.AveragingOperation;
import org.goldgrad.properties.recurrent.BidirectionalOperation;
import org.goldgrad.properties.recurrent.BidirectionalRegressionOperation;
import org.goldgrad.properties.recurrent.ClassifierOperation;
import org.goldgrad.properties.recurrent.ColumnLstmOperation;
import org.goldgrad.properties.recurrent.GradientFlowOperation;
import org.goldgrad.properties.recurrent.GruOperation;
import org.goldgrad.properties.recurrent.LowRankOperation;
import org.goldgrad.properties.recurrent.LstmOperation;
import org.goldgrad.properties.recurrent.PreactivationOperation;
import org.goldgrad.properties.recurrent.RegressionOperation;
import org.goldgrad.properties.recurrent.ResidualOperation;
import org.goldgrad.properties.recurrent.ScalarRnnOperation;
import org.goldgrad.properties.recurrent.StackedLstmOperation;
import org.goldgrad.properties.recurrent.StackedOperation;
import org.goldgrad.properties.recurrent.TruncatedOperation;
import org.goldgrad.properties.recurrent.VanillaOperation;
import org.goldgrad.properties.recurrent.VariableLengthOperation;
import org.goldgrad.properties.regularization.DropoutLossOperation;
import org.goldgrad.properties.regularization.DropoutSolutionOperation;
import org.goldgrad.properties.regularization.RidgeSolutionOperation;

/** Every operation there is, in the order of the chapters. */
public final class Catalogue {
    private static final List<Operation> OPERATIONS = List.of(
            ScalarRnnOperation.OPERATION,
            VanillaOperation.OPERATION,
            VanillaOperation.GRADIENT,
            RegressionOperation.OPERATION,
            RegressionOperation.GRADIENT,
            AveragingOperation.OPERATION,
            GradientFlowOperation.OPERATION,
            GradientFlowOperation.LSTM,
            GruOperation.OPERATION,
            GruOperation.GRADIENT,
            StackedOperation.OPERATION,
            StackedOperation.GRADIENT,
            StackedLstmOperation.OPERATION,
            StackedLstmOperation.GRADIENT,
            ResidualOperation.OPERATION,
            ResidualOperation.GRADIENT,
            PreactivationOperation.OPERATION,
            PreactivationOperation.GRADIENT,
            VariableLengthOperation.OPERATION,
            VariableLengthOperation.GRADIENT,
            TruncatedOperation.GRADIENT,
            BidirectionalOperation.OPERATION,
            BidirectionalOperation.GRADIENT,
            BidirectionalRegressionOperation.OPERATION,
            BidirectionalRegressionOperation.GRADIENT,
            LowRankOperation.OPERATION,
            LowRankOperation.GRADIENT,
            ClassifierOperation.OPERATION,
            ClassifierOperation.GRADIENT,
            LstmOperation.OPERATION,
            LstmOperation.GRADIENT,
            ColumnLstmOperation.OPERATION,
            ColumnLstmOperation.GRADIENT,
            MomentumOperation.OPERATION,
            RunningAverageOperation.OPERATION,
            SgdOperation.OPERATION,
            NesterovOperation.OPERATION,
            AdamOperation.OPERATION,
            AdamResumedOperation.OPERATION,
            AmsGradOperation.OPERATION,
            NadamOperation.OPERATION,
            AdaMaxOperation.OPERATION,
            RmsPropOperation.OPERATION,
            AdaGradOperation.OPERATION,
            AdaDeltaOperation.OPERATION,
            ClipByNormOperation.OPERATION,
            ClipByNormOperation.GRADIENT,
            ClipByValueOperation.OPERATION,
            ScaleGradientOperation.OPERATION,
            ProjectToBallOperation.OPERATION,
            ProjectToSphereOperation.OPERATION,
            ClippedDescentOperation.OPERATION,
            GradientNormPenaltyOperation.OPERATION,
            PathSgdOperation.OPERATION,
            NaturalGradientOperation.OPERATION,
            ConaturalGradientOperation.OPERATION,
            SobolevGradientOperation.OPERATION,
            DropoutLossOperation.OPERATION,
            DropoutSolutionOperation.OPERATION,
            RidgeSolutionOperation.OPERATION,
            LayerNormOperation.OPERATION,
            LayerNormOperation.GRADIENT,
            PcaOperation.OPERATION,
            PreactivationMomentsOperation.OPERATION,
            WeightScaleOperation.OPERATION,
            DepthOperation.OPERATION,
            GaussianOperation.OPERATION,
            UniformOperation.OPERATION,
            TruncatedNormalOperation.OPERATION);

    private Catalogue() {}

    public static List<Operation> operations() {
        return OPERATIONS;
    }

    /**
     * The operation of this id.
     *
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public static Operation operation(String id) {
        return OPERATIONS.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no operation " + id + "; there are "
                        + OPERATIONS.stream().map(Operation::id).toList()));
    }
}
