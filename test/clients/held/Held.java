import esoz.EsozSandbox;

/** Begins a session, says where, and waits until it is killed. */
final class Held {
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println(EsozSandbox.start().session("held").url());
        Thread.sleep(600_000);
        throw new IllegalStateException("nobody has killed it");
    }
}
