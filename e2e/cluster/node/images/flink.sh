#!/usr/bin/env bash
# Flink image on the Java base. The Python packages hold the distribution:
# apache-flink-libraries the jars (lib, opt, plugins), apache-flink the scripts
# and configuration (bin, conf). Usage: flink.sh [version], 2.2.1 by default.
# FORCE=1 packs the distribution anew.
set -euo pipefail
ROOT=${ROOT:-$(dirname "$(dirname "$(readlink -f "$0")")")}; cd "$ROOT/images"; V=${1:-2.2.1}
D=work/flink-$V; mkdir -p "$ROOT/dl" work out
if [ ! -e "$D.done" ] || [ -n "${FORCE:-}" ]; then
  [ -e "$ROOT/dl/apache_flink_libraries-$V.tar.gz" ] ||
    pip download -q --no-deps --no-binary :all: -d "$ROOT/dl" "apache-flink-libraries==$V"
  ls "$ROOT"/dl/apache_flink-"$V"-*.whl >/dev/null 2>&1 ||
    pip download -q --no-deps --only-binary=:all: --python-version 3.11 \
      --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 --platform manylinux1_x86_64 \
      -d "$ROOT/dl" "apache-flink==$V"
  rm -rf "$D" "$D.x"; F=$D/opt/flink; mkdir -p "$F" "$D.x"
  tar xzf "$ROOT/dl/apache_flink_libraries-$V.tar.gz" -C "$D.x" --strip-components=1
  unzip -qo "$ROOT"/dl/apache_flink-"$V"-*.whl 'pyflink/bin/*' 'pyflink/conf/*' -d "$D.x/whl"
  mv "$D.x"/deps/{lib,opt,plugins} "$F/"
  mv "$D.x/whl/pyflink/bin" "$D.x/whl/pyflink/conf" "$F/"; rm -f "$F"/bin/*.bat
  mv "$D.x/deps/bin/bash-java-utils.jar" "$F/bin/"
  chmod 755 "$F"/bin/*.sh "$F/bin/flink"; mkdir -p "$F/log" "$F/usrlib"
  # uid 9999 owns the distribution, as deployments expect
  chown -R 9999:9999 "$F"; chmod -R a+rX "$F"; rm -rf "$D.x"; touch "$D.done"
fi
# Small top layer: user and entry point.
T=work/flink-top; rm -rf $T; mkdir -p $T/etc
cp work/rootfs/etc/{passwd,group} $T/etc/
echo 'flink:x:9999:9999::/opt/flink:/bin/bash' >> $T/etc/passwd; echo 'flink:x:9999:' >> $T/etc/group
install -m 755 flink/entrypoint.sh $T/docker-entrypoint.sh
python3 mkimage.py --name "localhost/flink:$V" --out "out/flink-$V.tar" --base out/java17.tar \
  --layer "$D" --layer $T --keep-owner --env FLINK_HOME=/opt/flink \
  --env PATH=/opt/flink/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  --workdir /opt/flink --entrypoint '["/docker-entrypoint.sh"]' --cmd '["help"]'
