# Sourced by the other scripts. All paths and addresses of the test node.
# shellcheck shell=bash disable=SC2034
ROOT=${ROOT:-$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")}
BIN=$ROOT/bin; PKI=$ROOT/pki; RUN=$ROOT/run; LOG=$ROOT/log; KCFG=$ROOT/kubeconfig
NODE_IP=${NODE_IP:-$(ip -4 -o addr show scope global | awk '$2!="cni0"{sub("/.*","",$4); print $4; exit}')}
NODE_NAME=${NODE_NAME:-node1}
POD_CIDR=10.244.0.0/24
SVC_CIDR=10.96.0.0/16
SVC_API=10.96.0.1
SVC_DNS=10.96.0.10
CTD_SOCK=/run/node-containerd/containerd.sock
export KUBECONFIG=$KCFG/admin.conf
export PATH=$BIN:/usr/sbin:/sbin:$PATH
export CONTAINERD_ADDRESS=$CTD_SOCK CONTAINERD_NAMESPACE=k8s.io

# alive NAME: does the process of run/NAME.pid live and is it still that program
# (a pid file may outlive a reboot)?
alive() {
  local p; p=$(cat "$RUN/$1.pid" 2>/dev/null) && [ -n "$p" ] && tr '\0' ' ' 2>/dev/null < "/proc/$p/cmdline" | grep -q "$1 "
}
