# One service, or the development tool: its build context is the output of `dotnet publish` (see build). Where a registry
# can be reached, BASE may be the official ASP.NET image of .NET 10 with ICU and time zones instead.
ARG BASE=platform/dotnet:local
FROM ${BASE}
ARG SERVICE
ENV SERVICE=${SERVICE}
WORKDIR /app
COPY . .
# new volumes for development keys and for sealed files take their owner from here
RUN install -d -o 1654 -g 1654 -m 700 /secrets /files
USER 1654
ENTRYPOINT ["/bin/sh", "-c", "exec dotnet /app/$SERVICE.dll \"$@\"", "service"]
