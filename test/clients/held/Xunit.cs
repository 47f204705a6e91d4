// The names of xUnit that the fixture's example uses, for a compiler that has no xUnit.
using System;

namespace Xunit
{
    public interface IClassFixture<T> where T : class { }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class FactAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Method)]
    public sealed class TheoryAttribute : Attribute { }

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public sealed class InlineDataAttribute : Attribute
    {
        public InlineDataAttribute(params object[] data) { }
    }
}
