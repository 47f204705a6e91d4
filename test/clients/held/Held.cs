using System;
using System.Threading;

/// <summary>Begins a session, says where, and waits until it is killed.</summary>
public static class Held
{
    public static void Main()
    {
        Console.WriteLine(new Esoz.EsozSandbox().Session("held").Url);
        Thread.Sleep(600000);
        throw new InvalidOperationException("nobody has killed it");
    }
}
