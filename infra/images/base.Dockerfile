# Common ground: what services and servers alike need. The names of some packages carry versions, so they are looked up.
FROM platform/debootstrap:local
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tzdata libgssapi-krb5-2 \
      $(apt-cache search --names-only '^libicu[0-9]+$' | awk '{ print $1 }') $(apt-cache search --names-only '^libssl3(t64)?$' | awk '{ print $1 }') \
 && rm -rf /var/lib/apt/lists/*
