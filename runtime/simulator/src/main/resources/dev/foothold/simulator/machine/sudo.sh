#!/bin/bash
# Everything on this machine is done by root already: sudo only has to understand what it is told.
while (($#)); do
    case $1 in
        -u | -p) shift 2 ;;
        -n | -E | -H | -S | -uroot | --user=root | --non-interactive | --preserve-env* | --set-home) shift ;;
        --) shift && break ;;
        -*) echo "sudo: option $1 is not known to this machine" >&2 && exit 1 ;;
        [a-zA-Z_]*=*) export "$1" && shift ;;
        *) break ;;
    esac
done
(($#)) || { echo "usage: sudo [-n] [-E] [-H] [-S] [-u root] [--] [NAME=value ...] command [argument ...]" >&2 && exit 1; }
exec "$@"
