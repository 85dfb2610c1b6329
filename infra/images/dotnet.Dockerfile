# The .NET runtime without a registry; its build context is a copy of a machine's dotnet folder (see build).
FROM platform/base:local
COPY . /usr/share/dotnet/
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet && useradd --uid 1654 --no-create-home app
ENV DOTNET_NOLOGO=1 DOTNET_EnableDiagnostics=0
