package esoz;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * {@code @ExtendWith(EsozExtension.class)}: a test that has a parameter of type {@link EsozSession} is given a session
 * of its own.
 */
public final class EsozExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(EsozExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(OURS).put("session", EsozSandbox.shared().session(context.getDisplayName()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        session(context).end();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EsozSession.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return session(context);
    }

    private static EsozSession session(ExtensionContext context) {
        return context.getStore(OURS).get("session", EsozSession.class);
    }
}
